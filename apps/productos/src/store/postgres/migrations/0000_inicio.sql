-- What SQLite's migrations come to, for PostgreSQL 13 and later. Numbers, sequences and moments are bigint,
-- truth is 0 or 1, texts are ordered by their bytes.

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
  CONSTRAINT imagenes_hash CHECK (length(hash) = 64),
  CONSTRAINT imagenes_tipo CHECK (tipo IN ('image/png', 'image/jpeg', 'image/webp', 'image/avif')),
  CONSTRAINT imagenes_bytes CHECK (length(bytes) BETWEEN 1 AND 2097152)
);

CREATE TABLE productos (
  n bigint NOT NULL PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  nombre text COLLATE "C" NOT NULL,
  nombre_plegado text COLLATE "C" NOT NULL,
  descripcion text COLLATE "C" NOT NULL,
  precio bigint NOT NULL,
  categoria text COLLATE "C",
  categoria_plegada text COLLATE "C",
  imagen_url text COLLATE "C",
  atributos text COLLATE "C" NOT NULL,
  activo bigint NOT NULL,
  version bigint NOT NULL,
  creado_en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  sku_clave text COLLATE "C" NOT NULL DEFAULT '',
  reglas bigint NOT NULL DEFAULT 0,
  palabras text COLLATE "C" NOT NULL DEFAULT '',
  CONSTRAINT productos_precio CHECK (precio BETWEEN 0 AND 1000000000000),
  CONSTRAINT productos_activo CHECK (activo IN (0, 1)),
  CONSTRAINT productos_version CHECK (version >= 1),
  CONSTRAINT productos_textos CHECK (sku <> '' AND nombre <> ''),
  -- What is no JSON is refused by the cast.
  CONSTRAINT productos_atributos CHECK (atributos::json IS NOT NULL)
);

CREATE TABLE precios (
  n bigint NOT NULL PRIMARY KEY,
  producto_n bigint NOT NULL,
  precio bigint NOT NULL,
  desde bigint NOT NULL,
  usuario_id text COLLATE "C" NOT NULL,
  FOREIGN KEY (producto_n) REFERENCES productos (n),
  CONSTRAINT precios_precio CHECK (precio BETWEEN 0 AND 1000000000000)
);

CREATE INDEX imagenes_libres ON imagenes (libre_desde) WHERE libre_desde IS NOT NULL;
CREATE UNIQUE INDEX productos_id_unique ON productos (id);
CREATE UNIQUE INDEX productos_sku_clave ON productos (sku_clave);
-- Each ends in what breaks ties in every order, as SQLite's do by themselves.
CREATE INDEX productos_por_nombre ON productos (activo, nombre_plegado, n);
CREATE INDEX productos_por_precio ON productos (activo, precio, n);
CREATE INDEX productos_por_creacion ON productos (activo, creado_en, n);
CREATE INDEX productos_categoria_por_nombre ON productos (activo, categoria_plegada, nombre_plegado, n);
CREATE INDEX productos_categoria_por_precio ON productos (activo, categoria_plegada, precio, n);
CREATE INDEX productos_categoria_por_creacion ON productos (activo, categoria_plegada, creado_en, n);
CREATE INDEX productos_categorias ON productos (activo, categoria_plegada, categoria);
CREATE INDEX productos_por_imagen ON productos (imagen_url) WHERE imagen_url IS NOT NULL;
CREATE INDEX precios_de_producto ON precios (producto_n, n);

-- Which pictures are in use follows from the products, whoever writes them and however: `libre_desde`
-- is the time of the write that took the last product's hands off a picture. 11 is where the hash
-- begins in '/imagenes/<hash>'.
CREATE FUNCTION imagenes_en_uso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.imagen_url LIKE '/imagenes/%' THEN
    UPDATE imagenes SET libre_desde = NULL WHERE hash = substr(new.imagen_url, 11);
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF old.imagen_url LIKE '/imagenes/%' AND old.imagen_url IS DISTINCT FROM new.imagen_url THEN
      UPDATE imagenes SET libre_desde = new.actualizado_en
      WHERE hash = substr(old.imagen_url, 11)
        AND NOT EXISTS (SELECT 1 FROM productos WHERE imagen_url = old.imagen_url);
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER imagenes_nombrada_alta AFTER INSERT ON productos
  FOR EACH ROW WHEN (new.imagen_url IS NOT NULL) EXECUTE FUNCTION imagenes_en_uso();
CREATE TRIGGER imagenes_nombrada_cambio AFTER UPDATE OF imagen_url ON productos
  FOR EACH ROW EXECUTE FUNCTION imagenes_en_uso();

-- The words of the full-text index, which were cut and folded before they came here. Its cost keeps the
-- planner from doing this to row after row in the hope of soon finding one, where the index has it done.
CREATE FUNCTION indice_de(palabras text) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
BEGIN
  RETURN array_to_tsvector(string_to_array(palabras, ' '));
END $$;

-- What was written last waits in a list that each search reads, so the list is short.
CREATE INDEX productos_fts ON productos USING gin (indice_de(palabras)) WITH (gin_pending_list_limit = 256);

-- The words of names (`n` stands before each), with how many products have it: those that may have been
-- meant. What none has any more stays, with 0.
CREATE TABLE productos_palabras (
  term text COLLATE "C" NOT NULL PRIMARY KEY,
  doc bigint NOT NULL
);

-- For all rows of a statement at once: in an import most of them have the same words.
CREATE FUNCTION contar_palabras() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO productos_palabras AS p (term, doc)
    SELECT term, count(*) FROM nuevas, unnest(string_to_array(palabras, ' ')) AS term
    WHERE term LIKE 'n%' GROUP BY term
    ON CONFLICT (term) DO UPDATE SET doc = p.doc + excluded.doc;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO productos_palabras AS p (term, doc)
    SELECT term, -count(*) FROM viejas, unnest(string_to_array(palabras, ' ')) AS term
    WHERE term LIKE 'n%' GROUP BY term
    ON CONFLICT (term) DO UPDATE SET doc = p.doc + excluded.doc;
  ELSE
    INSERT INTO productos_palabras AS p (term, doc)
    SELECT term, sum(veces) FROM (
      SELECT unnest(string_to_array(palabras, ' ')) AS term, 1 AS veces FROM nuevas
      UNION ALL
      SELECT unnest(string_to_array(palabras, ' ')), -1 FROM viejas
    ) AS cambios WHERE term LIKE 'n%' GROUP BY term HAVING sum(veces) <> 0
    ON CONFLICT (term) DO UPDATE SET doc = p.doc + excluded.doc;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER productos_palabras_alta AFTER INSERT ON productos
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION contar_palabras();
CREATE TRIGGER productos_palabras_cambio AFTER UPDATE ON productos
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION contar_palabras();
CREATE TRIGGER productos_palabras_baja AFTER DELETE ON productos
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION contar_palabras();
