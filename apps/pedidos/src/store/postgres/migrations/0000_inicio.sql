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

CREATE INDEX descartes_por_edad ON descartes (desde);
CREATE UNIQUE INDEX pedidos_id_unique ON pedidos (id);
CREATE INDEX pedidos_por_estado ON pedidos (estado);
CREATE INDEX pedidos_con_intencion ON pedidos (proximo_intento_en, intencion, intencion_desde) WHERE "intencion" IS NOT NULL;
CREATE INDEX pedidos_por_vencer ON pedidos (expira_en) WHERE "estado" = 'Pendiente' AND "intencion" IS NULL;
CREATE INDEX idempotencia_por_creacion ON idempotencia (creada_en);
CREATE INDEX obligaciones_por_hacer ON obligaciones (tipo, proxima_en);
CREATE INDEX pedido_eventos_por_pedido ON pedido_eventos (numero);
CREATE UNIQUE INDEX resumen_productos_por_id ON resumen_productos (producto_id, moneda);
