-- Orders are found by telephone and by SKUs without dashes as well: what the index says of those that there are is made
-- anew, behind the orders.
DELETE FROM `marcas` WHERE `nombre` = 'busqueda' AND EXISTS (SELECT 1 FROM `pedido_eventos`);
