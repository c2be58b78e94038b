-- What SQLite's migrations come to, for PostgreSQL 13 and later. Numbers, sequences and moments are bigint,
-- truth is 0 or 1, texts are ordered by their bytes.

-- For triggers: refuses what they are asked about, with their own words.
CREATE FUNCTION prohibir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TABLE clientes_borrados (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  anotado_en bigint NOT NULL,
  hasta_numero bigint NOT NULL DEFAULT 0
);

CREATE TABLE descartes (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  motivo text COLLATE "C" NOT NULL,
  desde bigint NOT NULL
);

CREATE TABLE pedidos (
  numero bigint NOT NULL PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  cliente_id text COLLATE "C" NOT NULL,
  creado_por text COLLATE "C" NOT NULL,
  estado text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  intencion text COLLATE "C",
  intencion_actor text COLLATE "C",
  intencion_motivo text COLLATE "C",
  intencion_desde bigint,
  intentos bigint NOT NULL,
  proximo_intento_en bigint,
  ultimo_error text COLLATE "C",
  total bigint NOT NULL,
  moneda text COLLATE "C" NOT NULL,
  notas text COLLATE "C",
  direccion_envio text COLLATE "C",
  motivo text COLLATE "C",
  expira_en bigint NOT NULL,
  creado_en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  sello bytea,
  CONSTRAINT pedidos_estado CHECK ("estado" IN ('Pendiente', 'Completado', 'Cancelado')),
  CONSTRAINT pedidos_proposito CHECK ("intencion" IN ('completar', 'cancelar', 'expirar')),
  CONSTRAINT pedidos_intencion CHECK ("intencion" IS NULL OR "estado" = 'Pendiente'),
  CONSTRAINT pedidos_intencion_entera CHECK (("intencion" IS NULL) = ("intencion_actor" IS NULL) AND ("intencion" IS NULL) = ("intencion_desde" IS NULL) AND ("intencion" IS NULL) = ("proximo_intento_en" IS NULL)),
  CONSTRAINT pedidos_motivo CHECK ("motivo" IS NULL OR "estado" = 'Cancelado'),
  CONSTRAINT pedidos_total CHECK ("total" BETWEEN 0 AND 1000000000000)
);

CREATE TABLE idempotencia (
  usuario_id text COLLATE "C" NOT NULL,
  clave text COLLATE "C" NOT NULL,
  huella text COLLATE "C" NOT NULL,
  numero bigint,
  negativa text COLLATE "C",
  creada_en bigint NOT NULL,
  PRIMARY KEY (usuario_id, clave),
  FOREIGN KEY (numero) REFERENCES pedidos (numero),
  CONSTRAINT idempotencia_respuesta CHECK (("numero" IS NULL) <> ("negativa" IS NULL))
);

CREATE TABLE marcas (
  nombre text COLLATE "C" NOT NULL PRIMARY KEY,
  valor text COLLATE "C" NOT NULL
);

CREATE TABLE obligaciones (
  tipo text COLLATE "C" NOT NULL,
  clave text COLLATE "C" NOT NULL,
  datos text COLLATE "C" NOT NULL,
  intentos bigint NOT NULL,
  proxima_en bigint NOT NULL,
  ultimo_error text COLLATE "C",
  desde bigint NOT NULL,
  traza text COLLATE "C",
  PRIMARY KEY (tipo, clave)
);

CREATE TABLE pedido_corridas (
  numero bigint NOT NULL,
  orden bigint NOT NULL,
  operacion text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  traza text COLLATE "C" NOT NULL,
  resultado text COLLATE "C" NOT NULL,
  en bigint NOT NULL,
  duracion_us bigint NOT NULL,
  pasos text COLLATE "C" NOT NULL,
  veces bigint NOT NULL,
  hasta bigint NOT NULL,
  PRIMARY KEY (numero, orden),
  FOREIGN KEY (numero) REFERENCES pedidos (numero)
);

CREATE TABLE pedido_eventos (
  secuencia bigint NOT NULL PRIMARY KEY,
  numero bigint NOT NULL,
  estado text COLLATE "C" NOT NULL,
  motivo text COLLATE "C",
  actor text COLLATE "C" NOT NULL,
  en bigint NOT NULL,
  FOREIGN KEY (numero) REFERENCES pedidos (numero)
);

CREATE TABLE pedido_lineas (
  numero bigint NOT NULL,
  posicion bigint NOT NULL,
  producto_id text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  nombre text COLLATE "C" NOT NULL,
  cantidad bigint NOT NULL,
  precio_unitario bigint NOT NULL,
  PRIMARY KEY (numero, posicion),
  FOREIGN KEY (numero) REFERENCES pedidos (numero),
  CONSTRAINT pedido_lineas_cantidad CHECK ("cantidad" BETWEEN 1 AND 1000000),
  CONSTRAINT pedido_lineas_precio CHECK ("precio_unitario" BETWEEN 0 AND 1000000000000)
);

CREATE TABLE pedidos_de_cliente (
  cliente_id text COLLATE "C" NOT NULL,
  numero bigint NOT NULL,
  PRIMARY KEY (cliente_id, numero)
);

CREATE TABLE resumen_productos (
  clave bigint NOT NULL PRIMARY KEY,
  producto_id text COLLATE "C" NOT NULL,
  moneda text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  nombre text COLLATE "C" NOT NULL,
  numero bigint NOT NULL
);

CREATE TABLE resumen_tramos (
  nivel bigint NOT NULL,
  moneda text COLLATE "C" NOT NULL,
  tramo bigint NOT NULL,
  pedidos bigint NOT NULL,
  completados bigint NOT NULL,
  cancelados bigint NOT NULL,
  ingresos bigint NOT NULL,
  PRIMARY KEY (nivel, moneda, tramo),
  CONSTRAINT resumen_tramos_cuentas CHECK ("pedidos" >= 0 AND "completados" >= 0 AND "cancelados" >= 0 AND "ingresos" >= 0)
);

CREATE TABLE resumen_vendidos (
  nivel bigint NOT NULL,
  tramo bigint NOT NULL,
  producto bigint NOT NULL,
  unidades bigint NOT NULL,
  ingresos bigint NOT NULL,
  PRIMARY KEY (nivel, tramo, producto),
  CONSTRAINT resumen_vendidos_cuentas CHECK ("unidades" >= 0 AND "ingresos" >= 0)
);

-- What full text finds orders by: their words, folded and cut already, and `:` with the id of the customer.
CREATE TABLE pedidos_palabras (
  numero bigint NOT NULL PRIMARY KEY,
  palabras tsvector NOT NULL
);

-- SQLite's indexes end with the key of the row by themselves.
CREATE INDEX descartes_por_edad ON descartes (desde, id);
CREATE UNIQUE INDEX pedidos_id_unique ON pedidos (id);
CREATE INDEX pedidos_por_estado ON pedidos (estado, numero);
CREATE INDEX pedidos_con_intencion ON pedidos (proximo_intento_en, intencion, intencion_desde, numero) WHERE "intencion" IS NOT NULL;
CREATE INDEX pedidos_por_vencer ON pedidos (expira_en, numero) WHERE "estado" = 'Pendiente' AND "intencion" IS NULL;
-- What a customer holds: other replicas sell as well, so nobody can remember it.
CREATE INDEX pedidos_abiertos ON pedidos (cliente_id) WHERE "estado" = 'Pendiente';
CREATE INDEX idempotencia_por_creacion ON idempotencia (creada_en, usuario_id, clave);
CREATE INDEX obligaciones_por_hacer ON obligaciones (tipo, proxima_en, clave);
CREATE INDEX pedido_eventos_por_pedido ON pedido_eventos (numero, secuencia);
CREATE UNIQUE INDEX resumen_productos_por_id ON resumen_productos (producto_id, moneda);
CREATE INDEX pedidos_por_palabra ON pedidos_palabras USING gin (palabras);

-- A price in an order never changes, nor does what was ordered, by whom and when.
CREATE TRIGGER pedido_lineas_fijas BEFORE UPDATE ON pedido_lineas FOR EACH ROW
  EXECUTE FUNCTION prohibir('the lines of an order never change');
CREATE TRIGGER pedido_lineas_quedan BEFORE DELETE ON pedido_lineas FOR EACH ROW
  EXECUTE FUNCTION prohibir('the lines of an order are never deleted');
CREATE TRIGGER pedidos_fijos BEFORE UPDATE OF numero, id, cliente_id, creado_por, total, moneda, creado_en ON pedidos FOR EACH ROW
  EXECUTE FUNCTION prohibir('what an order was made as never changes');
CREATE TRIGGER pedidos_quedan BEFORE DELETE ON pedidos FOR EACH ROW
  EXECUTE FUNCTION prohibir('orders are never deleted');
-- When an order runs out may be put off while it is Pendiente.
CREATE TRIGGER pedidos_mas_tarde BEFORE UPDATE OF expira_en ON pedidos FOR EACH ROW
  WHEN (OLD.estado <> 'Pendiente' OR NEW.expira_en < OLD.expira_en)
  EXECUTE FUNCTION prohibir('an order runs out later or as it did');
-- Pendiente goes to either of the others, once.
CREATE TRIGGER pedidos_una_vez BEFORE UPDATE OF estado ON pedidos FOR EACH ROW WHEN (OLD.estado <> 'Pendiente')
  EXECUTE FUNCTION prohibir('an order that has ended stays as it is');
-- What an order says of the request that made it is set when it is made, and can only be taken away.
CREATE TRIGGER pedidos_sello BEFORE UPDATE OF sello ON pedidos FOR EACH ROW WHEN (NEW.sello IS NOT NULL)
  EXECUTE FUNCTION prohibir('the seal of an order never changes');
-- Who was erased once stays refused: an order in flight may come late.
CREATE TRIGGER clientes_borrados_quedan BEFORE DELETE ON clientes_borrados FOR EACH ROW
  EXECUTE FUNCTION prohibir('an erased customer stays erased');

-- History never changes, save that reasons may be erased from it once their customer is: two triggers, as
-- a condition of one can't look at other tables.
CREATE FUNCTION olvidar_motivo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM pedidos p JOIN clientes_borrados b ON b.id = p.cliente_id WHERE p.numero = OLD.numero
  ) THEN
    RAISE EXCEPTION 'history never changes';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pedido_eventos_fijos BEFORE UPDATE ON pedido_eventos FOR EACH ROW
  WHEN (NEW.motivo IS NOT NULL OR (NEW.secuencia, NEW.numero, NEW.estado, NEW.actor, NEW.en)
    IS DISTINCT FROM (OLD.secuencia, OLD.numero, OLD.estado, OLD.actor, OLD.en))
  EXECUTE FUNCTION prohibir('history never changes');
CREATE TRIGGER pedido_eventos_olvido BEFORE UPDATE ON pedido_eventos FOR EACH ROW
  EXECUTE FUNCTION olvidar_motivo();

-- Where what follows the history has come to, that every idempotency key may give an id that begins with its
-- moment, and who this database is, for as long as it is: inventario keeps stock for one pedidos, and knows it by this.
INSERT INTO marcas (nombre, valor) VALUES
  ('busqueda', '0'), ('clientes', '0'), ('ids-ordenados-desde', '0'), ('instalacion', gen_random_uuid()::text);
