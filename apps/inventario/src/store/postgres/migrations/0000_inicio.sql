-- What SQLite's migrations come to, for PostgreSQL 13 and later. Numbers, sequences and moments are bigint,
-- truth is 0 or 1, texts are ordered by their bytes.

-- Whatever is sold changes a row here. As no column that changes then is in an index, and pages have room, the
-- new version lies beside the old one and no index is written; what is low is found by going through all.
CREATE TABLE existencias (
  producto_id text COLLATE "C" NOT NULL PRIMARY KEY,
  fisico bigint NOT NULL,
  reservado bigint NOT NULL,
  faltan bigint NOT NULL DEFAULT 0 CHECK (0 <= "faltan" AND "faltan" <= "fisico"),
  umbral_minimo bigint NOT NULL,
  version bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  CONSTRAINT existencias_reservado CHECK (0 <= "reservado" AND "reservado" <= "fisico"),
  CONSTRAINT existencias_fisico CHECK ("fisico" <= 1000000000000),
  CONSTRAINT existencias_umbral CHECK ("umbral_minimo" >= 0)
) WITH (fillfactor = 70);

CREATE TABLE idempotencia (
  usuario_id text COLLATE "C" NOT NULL,
  clave text COLLATE "C" NOT NULL,
  huella text COLLATE "C" NOT NULL,
  resultado text COLLATE "C" NOT NULL,
  creada_en bigint NOT NULL,
  PRIMARY KEY (usuario_id, clave)
);

CREATE TABLE instalacion (
  n bigint NOT NULL PRIMARY KEY,
  pedidos text COLLATE "C" NOT NULL,
  desde bigint NOT NULL,
  CONSTRAINT instalacion_una CHECK ("n" = 1)
);

CREATE TABLE movimientos (
  secuencia bigint NOT NULL PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  producto_id text COLLATE "C" NOT NULL,
  tipo text COLLATE "C" NOT NULL,
  cantidad bigint NOT NULL,
  fisico_resultante bigint NOT NULL,
  motivo text COLLATE "C",
  pedido_id text COLLATE "C",
  usuario_id text COLLATE "C",
  creado_en bigint NOT NULL,
  FOREIGN KEY (producto_id) REFERENCES existencias (producto_id),
  CONSTRAINT movimientos_signo CHECK (CASE "tipo" WHEN 'ENTRADA' THEN "cantidad" > 0 WHEN 'SALIDA' THEN "cantidad" < 0
        WHEN 'VENTA' THEN "cantidad" < 0 WHEN 'AJUSTE' THEN true ELSE false END),
  CONSTRAINT movimientos_fisico CHECK ("fisico_resultante" >= 0),
  CONSTRAINT movimientos_origen CHECK (("tipo" = 'VENTA') = ("pedido_id" IS NOT NULL) AND ("pedido_id" IS NULL) = ("usuario_id" IS NOT NULL))
);

CREATE TABLE reservas (
  n bigint NOT NULL PRIMARY KEY,
  pedido_id text COLLATE "C" NOT NULL,
  estado text COLLATE "C" NOT NULL,
  expira_en bigint NOT NULL,
  creada_en bigint NOT NULL,
  cerrada_en bigint,
  CONSTRAINT reservas_estado CHECK ("estado" IN ('activa', 'confirmada', 'liberada', 'expirada')),
  CONSTRAINT reservas_cierre CHECK (("estado" = 'activa') = ("cerrada_en" IS NULL))
);

CREATE TABLE reserva_lineas (
  reserva_n bigint NOT NULL,
  producto_id text COLLATE "C" NOT NULL,
  cantidad bigint NOT NULL,
  PRIMARY KEY (reserva_n, producto_id),
  FOREIGN KEY (reserva_n) REFERENCES reservas (n),
  FOREIGN KEY (producto_id) REFERENCES existencias (producto_id),
  CONSTRAINT reserva_lineas_cantidad CHECK ("cantidad" >= 1)
);

CREATE INDEX idempotencia_por_creacion ON idempotencia (creada_en);
CREATE UNIQUE INDEX movimientos_id_unique ON movimientos (id);
CREATE INDEX movimientos_por_producto ON movimientos (producto_id, secuencia);
CREATE INDEX movimientos_recuentos ON movimientos (producto_id, secuencia) WHERE "tipo" = 'AJUSTE';
CREATE INDEX movimientos_por_pedido ON movimientos (pedido_id, secuencia) WHERE "pedido_id" IS NOT NULL;
CREATE UNIQUE INDEX reservas_pedido_id_unique ON reservas (pedido_id);
CREATE INDEX reservas_activas_por_vencimiento ON reservas (expira_en, n) WHERE "estado" = 'activa';
CREATE INDEX reservas_activas_por_creacion ON reservas (creada_en, pedido_id) WHERE "estado" = 'activa';

-- For triggers: refuses what they are asked about, with their own words.
CREATE FUNCTION prohibir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TRIGGER movimientos_sin_cambios BEFORE UPDATE ON movimientos
  FOR EACH ROW EXECUTE FUNCTION prohibir('movimientos is append-only');
CREATE TRIGGER movimientos_sin_borrado BEFORE DELETE ON movimientos
  FOR EACH ROW EXECUTE FUNCTION prohibir('movimientos is append-only');
CREATE TRIGGER reserva_lineas_sin_cambios BEFORE UPDATE ON reserva_lineas
  FOR EACH ROW EXECUTE FUNCTION prohibir('the lines of a reservation never change');
CREATE TRIGGER reserva_lineas_sin_borrado BEFORE DELETE ON reserva_lineas
  FOR EACH ROW EXECUTE FUNCTION prohibir('the lines of a reservation never change');
CREATE TRIGGER reservas_cerradas BEFORE UPDATE ON reservas
  FOR EACH ROW WHEN (OLD.estado <> 'activa') EXECUTE FUNCTION prohibir('a closed reservation never changes');
CREATE TRIGGER reservas_sin_borrado BEFORE DELETE ON reservas
  FOR EACH ROW EXECUTE FUNCTION prohibir('reservations are kept');
