-- Full-text search over names and e-mails: accents and case ignored, indexed for prefixes.
-- secure-delete: an erased name must not stay behind in the index's segments.
CREATE VIRTUAL TABLE usuarios_fts USING fts5(
  nombre, email, content='usuarios', content_rowid='numero',
  tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
--> statement-breakpoint
INSERT INTO usuarios_fts(usuarios_fts, rank) VALUES ('secure-delete', 1);
--> statement-breakpoint
CREATE TRIGGER usuarios_fts_alta AFTER INSERT ON usuarios BEGIN
  INSERT INTO usuarios_fts(rowid, nombre, email) VALUES (new.numero, new.nombre, new.email);
END;
--> statement-breakpoint
CREATE TRIGGER usuarios_fts_cambio AFTER UPDATE OF nombre, email ON usuarios BEGIN
  INSERT INTO usuarios_fts(usuarios_fts, rowid, nombre, email)
    VALUES ('delete', old.numero, old.nombre, old.email);
  INSERT INTO usuarios_fts(rowid, nombre, email) VALUES (new.numero, new.nombre, new.email);
END;
