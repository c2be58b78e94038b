-- minimo: 0000_inicio
CREATE FUNCTION prohibir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TABLE impuestos (
  codigo text COLLATE "C" NOT NULL,
  desde bigint NOT NULL,
  nombre text COLLATE "C" NOT NULL,
  tasa bigint NOT NULL,
  modo text COLLATE "C" NOT NULL,
  escrito_en bigint NOT NULL,
  PRIMARY KEY (codigo, desde),
  CONSTRAINT impuestos_textos CHECK (codigo <> '' AND nombre <> ''),
  CONSTRAINT impuestos_tasa CHECK (tasa BETWEEN 0 AND 10000),
  CONSTRAINT impuestos_modo CHECK (modo IN ('incluido', 'por-dentro')),
  CONSTRAINT impuestos_desde CHECK (escrito_en <= desde)
);

ALTER TABLE productos
  ADD COLUMN clase_impuesto text COLLATE "C" NOT NULL DEFAULT 'general'
    CONSTRAINT productos_clase_impuesto CHECK (clase_impuesto <> ''),
  ADD COLUMN peso_gramos bigint CONSTRAINT productos_peso CHECK (peso_gramos BETWEEN 0 AND 1000000000);

-- What was sold at a rate was sold at it: only what has not begun by the moment of writing is written over.
CREATE TRIGGER impuestos_empezados BEFORE UPDATE ON impuestos FOR EACH ROW
  WHEN (new.escrito_en >= old.desde OR new.codigo <> old.codigo OR new.desde <> old.desde)
  EXECUTE FUNCTION prohibir('a rate that has begun stays');
CREATE TRIGGER impuestos_sin_borrados BEFORE DELETE ON impuestos
  FOR EACH ROW EXECUTE FUNCTION prohibir('a rate that has begun stays');
