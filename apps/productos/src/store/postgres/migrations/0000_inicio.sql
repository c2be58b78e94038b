-- What SQLite's migrations come to, for PostgreSQL 13 and later. Numbers, sequences and moments are bigint,
-- truth is 0 or 1, texts are ordered by their bytes.

-- For triggers: refuses what they are asked about, with their own words.
CREATE FUNCTION prohibir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TABLE ajustes (
  nombre text COLLATE "C" NOT NULL PRIMARY KEY,
  valor text COLLATE "C" NOT NULL
);

CREATE TABLE imagenes (
  hash text COLLATE "C" NOT NULL PRIMARY KEY,
  tipo text COLLATE "C" NOT NULL,
  bytes bytea NOT NULL,
  creado_en bigint NOT NULL,
  libre_desde bigint,
  CONSTRAINT imagenes_hash CHECK (length("hash") = 64),
  CONSTRAINT imagenes_tipo CHECK ("tipo" IN ('image/png', 'image/jpeg', 'image/webp', 'image/avif')),
  CONSTRAINT imagenes_bytes CHECK (length("bytes") BETWEEN 1 AND 2097152)
);

CREATE TABLE productos (
  n bigint NOT NULL PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  sku_clave text COLLATE "C" NOT NULL DEFAULT '',
  sku_compacto text COLLATE "C" NOT NULL DEFAULT '',
  nombre text COLLATE "C" NOT NULL,
  nombre_plegado text COLLATE "C" NOT NULL,
  nombre_raices text COLLATE "C" NOT NULL DEFAULT '',
  descripcion text COLLATE "C" NOT NULL,
  descripcion_raices text COLLATE "C" NOT NULL DEFAULT '',
  precio bigint NOT NULL,
  categoria text COLLATE "C",
  categoria_plegada text COLLATE "C",
  imagen_url text COLLATE "C",
  atributos text COLLATE "C" NOT NULL,
  activo bigint NOT NULL,
  version bigint NOT NULL,
  creado_en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  reglas bigint NOT NULL DEFAULT 0,
  CONSTRAINT productos_precio CHECK ("precio" BETWEEN 0 AND 1000000000000),
  CONSTRAINT productos_activo CHECK ("activo" IN (0, 1)),
  CONSTRAINT productos_version CHECK ("version" >= 1),
  CONSTRAINT productos_textos CHECK ("sku" <> '' AND "nombre" <> ''),
  CONSTRAINT productos_atributos CHECK (json_valid("atributos"))
);

CREATE TABLE precios (
  n bigint NOT NULL PRIMARY KEY,
  producto_n bigint NOT NULL,
  precio bigint NOT NULL,
  desde bigint NOT NULL,
  usuario_id text COLLATE "C" NOT NULL,
  FOREIGN KEY (producto_n) REFERENCES productos (n),
  CONSTRAINT precios_precio CHECK ("precio" BETWEEN 0 AND 1000000000000)
);

CREATE INDEX imagenes_libres ON imagenes (libre_desde) WHERE "libre_desde" IS NOT NULL;
CREATE UNIQUE INDEX productos_id_unique ON productos (id);
CREATE UNIQUE INDEX productos_sku_clave ON productos (sku_clave);
CREATE INDEX productos_por_nombre ON productos (activo, nombre_plegado);
CREATE INDEX productos_por_precio ON productos (activo, precio);
CREATE INDEX productos_por_creacion ON productos (activo, creado_en);
CREATE INDEX productos_categoria_por_nombre ON productos (activo, categoria_plegada, nombre_plegado);
CREATE INDEX productos_categoria_por_precio ON productos (activo, categoria_plegada, precio);
CREATE INDEX productos_categoria_por_creacion ON productos (activo, categoria_plegada, creado_en);
CREATE INDEX productos_categorias ON productos (activo, categoria_plegada, categoria);
CREATE INDEX productos_por_imagen ON productos (imagen_url) WHERE "imagen_url" IS NOT NULL;
CREATE INDEX precios_de_producto ON precios (producto_n);
