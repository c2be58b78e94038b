-- minimo: 0000_inicio
CREATE TABLE direcciones (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  usuario_id text COLLATE "C" NOT NULL,
  predeterminada bigint NOT NULL,
  datos text COLLATE "C" NOT NULL,
  FOREIGN KEY (usuario_id) REFERENCES usuarios (id),
  CONSTRAINT direcciones_una CHECK ("predeterminada" IN (0, 1))
);
CREATE INDEX direcciones_por_usuario ON direcciones (usuario_id, id);
CREATE UNIQUE INDEX direcciones_predeterminada ON direcciones (usuario_id) WHERE "predeterminada" = 1;

CREATE TABLE facturaciones (
  usuario_id text COLLATE "C" NOT NULL PRIMARY KEY,
  datos text COLLATE "C" NOT NULL,
  FOREIGN KEY (usuario_id) REFERENCES usuarios (id)
);
