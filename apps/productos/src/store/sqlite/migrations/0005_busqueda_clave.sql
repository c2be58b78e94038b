DROP INDEX `productos_sku`;--> statement-breakpoint
ALTER TABLE `productos` ADD `sku_clave` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `productos` ADD `sku_compacto` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `productos` ADD `nombre_raices` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `productos` ADD `descripcion_raices` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `productos` ADD `reglas` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- What the index that is gone told apart; the service brings each to today's key when it opens.
UPDATE `productos` SET `sku_clave` = lower(`sku`);--> statement-breakpoint
CREATE UNIQUE INDEX `productos_sku_clave` ON `productos` (`sku_clave`);--> statement-breakpoint
DROP TRIGGER `productos_fts_alta`;--> statement-breakpoint
DROP TRIGGER `productos_fts_cambio`;--> statement-breakpoint
DROP TRIGGER `productos_fts_baja`;--> statement-breakpoint
DROP TABLE `productos_fts`;--> statement-breakpoint
-- As before, over the table's own text, and over what follows from it: words are found as they are
-- written, and by what they have in common with their plural; a SKU also without its dashes.
CREATE VIRTUAL TABLE `productos_fts` USING fts5(
	nombre, descripcion, sku, sku_compacto, nombre_raices, descripcion_raices,
	content='productos', content_rowid='n',
	tokenize="unicode61 remove_diacritics 2", prefix='2 3'
);
--> statement-breakpoint
INSERT INTO `productos_fts` (`productos_fts`) VALUES ('rebuild');
--> statement-breakpoint
CREATE TRIGGER `productos_fts_alta` AFTER INSERT ON `productos` BEGIN
	INSERT INTO `productos_fts` (rowid, nombre, descripcion, sku, sku_compacto, nombre_raices, descripcion_raices)
	VALUES (new.n, new.nombre, new.descripcion, new.sku, new.sku_compacto, new.nombre_raices, new.descripcion_raices);
END;
--> statement-breakpoint
CREATE TRIGGER `productos_fts_cambio`
AFTER UPDATE OF nombre, descripcion, sku, sku_compacto, nombre_raices, descripcion_raices ON `productos` BEGIN
	INSERT INTO `productos_fts` (`productos_fts`, rowid, nombre, descripcion, sku, sku_compacto, nombre_raices, descripcion_raices)
	VALUES ('delete', old.n, old.nombre, old.descripcion, old.sku, old.sku_compacto, old.nombre_raices, old.descripcion_raices);
	INSERT INTO `productos_fts` (rowid, nombre, descripcion, sku, sku_compacto, nombre_raices, descripcion_raices)
	VALUES (new.n, new.nombre, new.descripcion, new.sku, new.sku_compacto, new.nombre_raices, new.descripcion_raices);
END;
--> statement-breakpoint
CREATE TRIGGER `productos_fts_baja` AFTER DELETE ON `productos` BEGIN
	INSERT INTO `productos_fts` (`productos_fts`, rowid, nombre, descripcion, sku, sku_compacto, nombre_raices, descripcion_raices)
	VALUES ('delete', old.n, old.nombre, old.descripcion, old.sku, old.sku_compacto, old.nombre_raices, old.descripcion_raices);
END;
--> statement-breakpoint
-- The words that there are, for those that were meant.
CREATE VIRTUAL TABLE `productos_palabras` USING fts5vocab('productos_fts', 'col');
