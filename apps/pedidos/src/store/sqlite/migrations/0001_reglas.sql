-- A price in an order never changes, nor does what was ordered, by whom and when.
CREATE TRIGGER `pedido_lineas_fijas` BEFORE UPDATE ON `pedido_lineas` BEGIN
	SELECT RAISE(ABORT, 'the lines of an order never change');
END;
--> statement-breakpoint
CREATE TRIGGER `pedido_lineas_quedan` BEFORE DELETE ON `pedido_lineas` BEGIN
	SELECT RAISE(ABORT, 'the lines of an order are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_fijos` BEFORE UPDATE OF `numero`, `id`, `cliente_id`, `creado_por`, `total`, `moneda`, `expira_en`, `creado_en` ON `pedidos` BEGIN
	SELECT RAISE(ABORT, 'what an order was made as never changes');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_quedan` BEFORE DELETE ON `pedidos` BEGIN
	SELECT RAISE(ABORT, 'orders are never deleted');
END;
--> statement-breakpoint
-- Pendiente goes to either of the others, once.
CREATE TRIGGER `pedidos_una_vez` BEFORE UPDATE OF `estado` ON `pedidos` WHEN OLD.`estado` <> 'Pendiente' BEGIN
	SELECT RAISE(ABORT, 'an order that has ended stays as it is');
END;
--> statement-breakpoint
CREATE TRIGGER `pedido_eventos_fijos` BEFORE UPDATE ON `pedido_eventos` BEGIN
	SELECT RAISE(ABORT, 'history never changes');
END;
--> statement-breakpoint
-- Without the texts themselves, which are in the other tables; they never change, so neither does this.
CREATE VIRTUAL TABLE `pedidos_fts` USING fts5(`cliente`, `texto`, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
