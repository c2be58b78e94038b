-- When an order runs out may be put off while it is Pendiente; what it was made as stays.
DROP TRIGGER `pedidos_fijos`;
--> statement-breakpoint
CREATE TRIGGER `pedidos_fijos` BEFORE UPDATE OF `numero`, `id`, `cliente_id`, `creado_por`, `total`, `moneda`, `creado_en` ON `pedidos` BEGIN
	SELECT RAISE(ABORT, 'what an order was made as never changes');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_mas_tarde` BEFORE UPDATE OF `expira_en` ON `pedidos` WHEN OLD.`estado` <> 'Pendiente' OR NEW.`expira_en` < OLD.`expira_en` BEGIN
	SELECT RAISE(ABORT, 'an order runs out later or as it did');
END;
