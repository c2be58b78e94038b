-- History never changes, save that reasons may be erased from it once their customer is.
DROP TRIGGER `pedido_eventos_fijos`;
--> statement-breakpoint
CREATE TRIGGER `pedido_eventos_fijos` BEFORE UPDATE ON `pedido_eventos` WHEN NOT (
	NEW.`motivo` IS NULL AND NEW.`secuencia` = OLD.`secuencia` AND NEW.`numero` = OLD.`numero`
	AND NEW.`estado` = OLD.`estado` AND NEW.`actor` = OLD.`actor` AND NEW.`en` = OLD.`en`
	AND EXISTS (
		SELECT 1 FROM `pedidos` p JOIN `clientes_borrados` b ON b.`id` = p.`cliente_id`
		WHERE p.`numero` = OLD.`numero`
	)
) BEGIN
	SELECT RAISE(ABORT, 'history never changes');
END;
--> statement-breakpoint
-- Who was erased once stays refused: an order in flight may come late.
CREATE TRIGGER `clientes_borrados_quedan` BEFORE DELETE ON `clientes_borrados` BEGIN
	SELECT RAISE(ABORT, 'an erased customer stays erased');
END;
--> statement-breakpoint
-- An erased word must not stay behind in the index's segments.
INSERT INTO `pedidos_fts` (`pedidos_fts`, rank) VALUES ('secure-delete', 1);
