-- The index has words as they are folded and cut here, the same on every engine, and no more as FTS5 would: what
-- it says of the orders that there are is made anew, behind the orders.
DELETE FROM `marcas` WHERE `nombre` = 'busqueda' AND EXISTS (SELECT 1 FROM `pedido_eventos`);
