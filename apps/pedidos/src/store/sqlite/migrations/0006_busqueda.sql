-- The full-text index is written behind the orders from here on. All that there is stands in it already.
INSERT INTO `marcas` (`nombre`, `valor`)
	SELECT 'busqueda', CAST(coalesce(max(`secuencia`), 0) AS text) FROM `pedido_eventos`;
--> statement-breakpoint
-- What an order says of the request that made it is set when it is made, and can only be taken away.
CREATE TRIGGER `pedidos_sello` BEFORE UPDATE OF `sello` ON `pedidos` WHEN NEW.`sello` IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'the seal of an order never changes');
END;
