-- What is searched are words as the program folds and cuts them, on every engine the same. Who is there
-- already gets theirs at the next start.
ALTER TABLE `usuarios` ADD `palabras` text
  CONSTRAINT "usuarios_palabras" CHECK("palabras" IS NULL OR "eliminado_en" IS NULL);--> statement-breakpoint
CREATE INDEX `usuarios_sin_palabras` ON `usuarios` (`numero`) WHERE "usuarios"."palabras" IS NULL AND "usuarios"."eliminado_en" IS NULL;--> statement-breakpoint
DROP TRIGGER usuarios_fts_alta;--> statement-breakpoint
DROP TRIGGER usuarios_fts_cambio;--> statement-breakpoint
DROP TABLE usuarios_fts;--> statement-breakpoint
-- ascii: whatever is beyond ASCII is of a word, and nothing there is folded once more.
CREATE VIRTUAL TABLE usuarios_fts USING fts5(
  palabras, content='usuarios', content_rowid='numero', tokenize='ascii', prefix='2 3'
);
--> statement-breakpoint
-- secure-delete: an erased name must not stay behind in the index's segments.
INSERT INTO usuarios_fts(usuarios_fts, rank) VALUES ('secure-delete', 1);
--> statement-breakpoint
INSERT INTO usuarios_fts(usuarios_fts) VALUES ('rebuild');
--> statement-breakpoint
CREATE TRIGGER usuarios_fts_alta AFTER INSERT ON usuarios BEGIN
  INSERT INTO usuarios_fts(rowid, palabras) VALUES (new.numero, new.palabras);
END;
--> statement-breakpoint
CREATE TRIGGER usuarios_fts_cambio AFTER UPDATE OF palabras ON usuarios BEGIN
  INSERT INTO usuarios_fts(usuarios_fts, rowid, palabras) VALUES ('delete', old.numero, old.palabras);
  INSERT INTO usuarios_fts(rowid, palabras) VALUES (new.numero, new.palabras);
END;
