DROP TRIGGER `productos_fts_alta`;--> statement-breakpoint
DROP TRIGGER `productos_fts_cambio`;--> statement-breakpoint
DROP TRIGGER `productos_fts_baja`;--> statement-breakpoint
DROP TABLE `productos_palabras`;--> statement-breakpoint
DROP TABLE `productos_fts`;--> statement-breakpoint
ALTER TABLE `productos` ADD `palabras` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `productos` DROP COLUMN `sku_compacto`;--> statement-breakpoint
ALTER TABLE `productos` DROP COLUMN `nombre_raices`;--> statement-breakpoint
ALTER TABLE `productos` DROP COLUMN `descripcion_raices`;--> statement-breakpoint
-- Over words that were cut and folded before they came here, as another engine cannot cut them like this
-- one: what is not ASCII is a letter to this tokenizer, and spaces stand between words. Where in a text
-- they stand is not asked for, so it is not kept. The service writes `palabras` when it opens.
CREATE VIRTUAL TABLE `productos_fts` USING fts5(
	palabras, content='productos', content_rowid='n', tokenize="ascii", detail=none, prefix='3 4'
);
--> statement-breakpoint
INSERT INTO `productos_fts` (`productos_fts`) VALUES ('rebuild');
--> statement-breakpoint
CREATE TRIGGER `productos_fts_alta` AFTER INSERT ON `productos` BEGIN
	INSERT INTO `productos_fts` (rowid, palabras) VALUES (new.n, new.palabras);
END;
--> statement-breakpoint
CREATE TRIGGER `productos_fts_cambio` AFTER UPDATE OF palabras ON `productos` BEGIN
	INSERT INTO `productos_fts` (`productos_fts`, rowid, palabras) VALUES ('delete', old.n, old.palabras);
	INSERT INTO `productos_fts` (rowid, palabras) VALUES (new.n, new.palabras);
END;
--> statement-breakpoint
CREATE TRIGGER `productos_fts_baja` AFTER DELETE ON `productos` BEGIN
	INSERT INTO `productos_fts` (`productos_fts`, rowid, palabras) VALUES ('delete', old.n, old.palabras);
END;
--> statement-breakpoint
-- The words that there are, for those that were meant.
CREATE VIRTUAL TABLE `productos_palabras` USING fts5vocab('productos_fts', 'row');
