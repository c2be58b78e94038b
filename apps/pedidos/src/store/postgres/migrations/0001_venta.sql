-- minimo: 0000_inicio
-- What a sale has beyond products and stock: what is agreed of an order, methods, coupons, mails, credits, notes.

CREATE TABLE abonos (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  numero bigint NOT NULL,
  tipo text COLLATE "C" NOT NULL,
  importe bigint NOT NULL,
  impuesto bigint NOT NULL,
  motivo text COLLATE "C",
  actor text COLLATE "C" NOT NULL,
  en bigint NOT NULL,
  CONSTRAINT abonos_tipo CHECK ("tipo" IN ('anulacion')),
  CONSTRAINT abonos_importe CHECK ("importe" BETWEEN 0 AND 1000000000000),
  CONSTRAINT abonos_impuesto CHECK ("impuesto" BETWEEN 0 AND "importe")
);

CREATE INDEX abonos_de_pedido ON abonos (numero);
CREATE TABLE ajustes (
  nombre text COLLATE "C" NOT NULL PRIMARY KEY,
  valor text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  actualizado_en bigint NOT NULL
);

CREATE TABLE auditoria (
  numero bigint NOT NULL PRIMARY KEY,
  en bigint NOT NULL,
  accion text COLLATE "C" NOT NULL,
  actor_id text COLLATE "C",
  sujeto_id text COLLATE "C",
  red text COLLATE "C",
  detalle text COLLATE "C"
);

CREATE INDEX auditoria_por_sujeto ON auditoria (sujeto_id, numero);
CREATE INDEX auditoria_por_accion ON auditoria (accion, numero);
CREATE TABLE avisos (
  id bigint NOT NULL PRIMARY KEY,
  secuencia bigint,
  tipo text COLLATE "C" NOT NULL,
  numero bigint,
  para text COLLATE "C" NOT NULL,
  datos text COLLATE "C",
  estado text COLLATE "C" NOT NULL,
  intentos bigint NOT NULL,
  fallo text COLLATE "C",
  creado_en bigint NOT NULL,
  terminado_en bigint,
  CONSTRAINT avisos_para CHECK ("para" IN ('cliente', 'personal')),
  CONSTRAINT avisos_estado CHECK ("estado" IN ('por-enviar', 'enviado', 'fallido', 'omitido')),
  CONSTRAINT avisos_fin CHECK (("estado" = 'por-enviar') = ("terminado_en" IS NULL))
);

CREATE UNIQUE INDEX avisos_una_vez ON avisos (secuencia, tipo);
CREATE INDEX avisos_de_pedido ON avisos (numero, id);
CREATE INDEX avisos_por_ver ON avisos (estado, id) WHERE "estado" = 'por-enviar' OR "estado" = 'fallido';
CREATE TABLE cupones (
  codigo text COLLATE "C" NOT NULL PRIMARY KEY,
  tipo text COLLATE "C" NOT NULL,
  valor bigint,
  minimo bigint,
  desde bigint,
  hasta bigint,
  usos_maximos bigint,
  usos_por_cliente bigint,
  categorias text COLLATE "C" NOT NULL,
  activo bigint NOT NULL,
  usados bigint NOT NULL,
  version bigint NOT NULL,
  creado_en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  CONSTRAINT cupones_tipo CHECK ("tipo" IN ('porcentaje', 'importe', 'envio-gratis')),
  CONSTRAINT cupones_valor CHECK (("valor" IS NULL) = ("tipo" = 'envio-gratis')),
  CONSTRAINT cupones_porcentaje CHECK ("tipo" <> 'porcentaje' OR "valor" BETWEEN 1 AND 10000),
  CONSTRAINT cupones_usados CHECK ("usados" >= 0 AND ("usos_maximos" IS NULL OR "usados" <= "usos_maximos")),
  CONSTRAINT cupones_activo CHECK ("activo" IN (0, 1))
);

CREATE TABLE cupon_usos (
  codigo text COLLATE "C" NOT NULL,
  cliente_id text COLLATE "C" NOT NULL,
  numero bigint NOT NULL,
  PRIMARY KEY (codigo, cliente_id, numero),
  FOREIGN KEY (codigo) REFERENCES cupones (codigo)
);

CREATE TABLE enlaces (
  numero bigint NOT NULL PRIMARY KEY,
  vuelta bigint NOT NULL
);

CREATE TABLE existencias_avisadas (
  producto_id text COLLATE "C" NOT NULL PRIMARY KEY,
  en bigint NOT NULL
);

CREATE TABLE metodos_envio (
  codigo text COLLATE "C" NOT NULL PRIMARY KEY,
  nombre text COLLATE "C" NOT NULL,
  tipo text COLLATE "C" NOT NULL,
  zonas text COLLATE "C" NOT NULL,
  tarifa text COLLATE "C" NOT NULL,
  gratis_desde bigint,
  clase_impuesto text COLLATE "C" NOT NULL,
  plazo_dias bigint,
  instrucciones text COLLATE "C",
  activo bigint NOT NULL,
  posicion bigint NOT NULL,
  version bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  CONSTRAINT metodos_envio_tipo CHECK ("tipo" IN ('domicilio', 'retiro')),
  CONSTRAINT metodos_envio_activo CHECK ("activo" IN (0, 1))
);

CREATE TABLE pedido_condiciones (
  numero bigint NOT NULL PRIMARY KEY,
  contacto text COLLATE "C",
  facturacion text COLLATE "C",
  metodo_envio text COLLATE "C",
  envio_importe bigint NOT NULL,
  envio_clase text COLLATE "C" NOT NULL,
  envio_tasa bigint NOT NULL,
  envio_por_dentro bigint NOT NULL,
  envio_impuesto bigint NOT NULL,
  cupon text COLLATE "C",
  descuento bigint NOT NULL,
  idioma text COLLATE "C",
  canal text COLLATE "C",
  invitado bigint NOT NULL,
  CONSTRAINT pedido_condiciones_envio CHECK ("envio_importe" BETWEEN 0 AND 1000000000000),
  CONSTRAINT pedido_condiciones_impuesto CHECK ("envio_impuesto" BETWEEN 0 AND "envio_importe"),
  CONSTRAINT pedido_condiciones_tasa CHECK ("envio_tasa" BETWEEN 0 AND 10000),
  CONSTRAINT pedido_condiciones_por_dentro CHECK ("envio_por_dentro" IN (0, 1)),
  CONSTRAINT pedido_condiciones_descuento CHECK ("descuento" BETWEEN 0 AND 1000000000000),
  CONSTRAINT pedido_condiciones_cupon CHECK ("cupon" IS NOT NULL OR "descuento" = 0),
  CONSTRAINT pedido_condiciones_metodo CHECK ("metodo_envio" IS NOT NULL OR "envio_importe" = 0),
  CONSTRAINT pedido_condiciones_idioma CHECK ("idioma" IN ('es', 'en')),
  CONSTRAINT pedido_condiciones_invitado CHECK ("invitado" IN (0, 1))
);

CREATE TABLE pedido_notas (
  id bigint NOT NULL PRIMARY KEY,
  numero bigint NOT NULL,
  texto text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  en bigint NOT NULL
);

CREATE INDEX pedido_notas_de_pedido ON pedido_notas (numero, id);
ALTER TABLE pedido_eventos ADD COLUMN tipo text COLLATE "C";
ALTER TABLE pedido_eventos ADD COLUMN datos text COLLATE "C";
ALTER TABLE pedido_lineas ADD COLUMN descuento bigint CONSTRAINT pedido_lineas_descuento CHECK ("descuento" BETWEEN 0 AND 1000000000000);
ALTER TABLE pedido_lineas ADD COLUMN clase_impuesto text COLLATE "C";
ALTER TABLE pedido_lineas ADD COLUMN tasa bigint CONSTRAINT pedido_lineas_tasa CHECK ("tasa" BETWEEN 0 AND 10000);
ALTER TABLE pedido_lineas ADD COLUMN por_dentro bigint CONSTRAINT pedido_lineas_por_dentro CHECK ("por_dentro" IN (0, 1));
ALTER TABLE pedido_lineas ADD COLUMN impuesto bigint CONSTRAINT pedido_lineas_impuesto CHECK ("impuesto" BETWEEN 0 AND 1000000000000);
-- History never changes, save that reasons may be erased from it once their customer is.
DROP TRIGGER pedido_eventos_fijos ON pedido_eventos;
CREATE TRIGGER pedido_eventos_fijos BEFORE UPDATE ON pedido_eventos FOR EACH ROW
  WHEN (NEW.motivo IS NOT NULL OR (NEW.secuencia, NEW.numero, NEW.estado, NEW.actor, NEW.en, NEW.tipo, NEW.datos)
    IS DISTINCT FROM (OLD.secuencia, OLD.numero, OLD.estado, OLD.actor, OLD.en, OLD.tipo, OLD.datos))
  EXECUTE FUNCTION prohibir('history never changes');
-- What was agreed stays; people may only be taken out of it.
CREATE TRIGGER pedido_condiciones_fijas BEFORE UPDATE ON pedido_condiciones FOR EACH ROW
  WHEN (NOT (NEW.contacto IS NULL OR NEW.contacto IS NOT DISTINCT FROM OLD.contacto)
    OR NOT (NEW.facturacion IS NULL OR NEW.facturacion IS NOT DISTINCT FROM OLD.facturacion)
    OR (NEW.numero, NEW.metodo_envio, NEW.envio_importe, NEW.envio_clase, NEW.envio_tasa, NEW.envio_por_dentro,
      NEW.envio_impuesto, NEW.cupon, NEW.descuento, NEW.idioma, NEW.canal, NEW.invitado)
    IS DISTINCT FROM (OLD.numero, OLD.metodo_envio, OLD.envio_importe, OLD.envio_clase, OLD.envio_tasa,
      OLD.envio_por_dentro, OLD.envio_impuesto, OLD.cupon, OLD.descuento, OLD.idioma, OLD.canal, OLD.invitado))
  EXECUTE FUNCTION prohibir('what an order was made as never changes');
CREATE TRIGGER pedido_condiciones_quedan BEFORE DELETE ON pedido_condiciones FOR EACH ROW
  EXECUTE FUNCTION prohibir('what an order was made as never changes');
-- What is owed back is written once; why may be erased with its customer.
CREATE TRIGGER abonos_fijos BEFORE UPDATE ON abonos FOR EACH ROW
  WHEN (NEW.motivo IS NOT NULL OR (NEW.id, NEW.numero, NEW.tipo, NEW.importe, NEW.impuesto, NEW.actor, NEW.en)
    IS DISTINCT FROM (OLD.id, OLD.numero, OLD.tipo, OLD.importe, OLD.impuesto, OLD.actor, OLD.en))
  EXECUTE FUNCTION prohibir('credits never change');
CREATE TRIGGER abonos_quedan BEFORE DELETE ON abonos FOR EACH ROW EXECUTE FUNCTION prohibir('credits never change');
-- A link that was taken back stays so.
CREATE TRIGGER enlaces_adelante BEFORE UPDATE ON enlaces FOR EACH ROW WHEN (NEW.vuelta <= OLD.vuelta)
  EXECUTE FUNCTION prohibir('a link that was taken back stays so');
CREATE TRIGGER auditoria_sin_cambios BEFORE UPDATE OR DELETE ON auditoria FOR EACH ROW
  EXECUTE FUNCTION prohibir('the audit log is append-only');
CREATE TRIGGER auditoria_sin_vaciado BEFORE TRUNCATE ON auditoria
  FOR EACH STATEMENT EXECUTE FUNCTION prohibir('the audit log is append-only');

-- What links to orders are signed with, and from where in the history on people are written to.
INSERT INTO marcas (nombre, valor) VALUES
  ('secreto-enlaces', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')),
  ('avisos', (SELECT coalesce(max(secuencia), 0)::text FROM pedido_eventos));
