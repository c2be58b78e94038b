-- Full-text search over the table's own text (external content): the index keeps no second copy,
-- and the triggers keep it in step inside the same transaction.
CREATE VIRTUAL TABLE `productos_fts` USING fts5(
	nombre, descripcion, sku,
	content='productos', content_rowid='n',
	tokenize="unicode61 remove_diacritics 2", prefix='1 2 3'
);
--> statement-breakpoint
CREATE TRIGGER `productos_fts_alta` AFTER INSERT ON `productos` BEGIN
	INSERT INTO `productos_fts` (rowid, nombre, descripcion, sku)
	VALUES (new.n, new.nombre, new.descripcion, new.sku);
END;
--> statement-breakpoint
CREATE TRIGGER `productos_fts_cambio` AFTER UPDATE OF nombre, descripcion, sku ON `productos` BEGIN
	INSERT INTO `productos_fts` (`productos_fts`, rowid, nombre, descripcion, sku)
	VALUES ('delete', old.n, old.nombre, old.descripcion, old.sku);
	INSERT INTO `productos_fts` (rowid, nombre, descripcion, sku)
	VALUES (new.n, new.nombre, new.descripcion, new.sku);
END;
--> statement-breakpoint
CREATE TRIGGER `productos_fts_baja` AFTER DELETE ON `productos` BEGIN
	INSERT INTO `productos_fts` (`productos_fts`, rowid, nombre, descripcion, sku)
	VALUES ('delete', old.n, old.nombre, old.descripcion, old.sku);
END;
