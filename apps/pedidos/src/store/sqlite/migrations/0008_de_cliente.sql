CREATE TABLE `pedidos_de_cliente` (
	`cliente_id` text NOT NULL,
	`numero` integer NOT NULL,
	PRIMARY KEY(`cliente_id`, `numero`)
) WITHOUT ROWID;
--> statement-breakpoint
-- Written behind the orders from here on. All that there is stands in it already.
INSERT INTO `pedidos_de_cliente` (`cliente_id`, `numero`)
	SELECT `cliente_id`, `numero` FROM `pedidos` INDEXED BY `pedidos_por_cliente` ORDER BY `cliente_id`, `numero`;
--> statement-breakpoint
INSERT INTO `marcas` (`nombre`, `valor`)
	SELECT 'clientes', CAST(coalesce(max(`secuencia`), 0) AS text) FROM `pedido_eventos`;
--> statement-breakpoint
DROP INDEX `pedidos_por_cliente`;--> statement-breakpoint
DROP INDEX `pedidos_por_creacion`;
