-- What SQLite's first migration makes, for PostgreSQL 13 and later. Numbers, sequences and moments are bigint,
-- truth is 0 or 1, texts are ordered by their bytes.

-- For triggers: refuses what they are asked about, with their own words.
CREATE FUNCTION prohibir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TABLE metodos_pago (
  codigo text COLLATE "C" NOT NULL PRIMARY KEY,
  proveedor text COLLATE "C" NOT NULL,
  nombre text COLLATE "C" NOT NULL,
  momento text COLLATE "C" NOT NULL,
  plazo_segundos bigint,
  instrucciones text COLLATE "C",
  minimo bigint,
  maximo bigint,
  paises text COLLATE "C" NOT NULL,
  activo bigint NOT NULL,
  posicion bigint NOT NULL,
  version bigint NOT NULL,
  creado_en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  CONSTRAINT metodos_pago_momento CHECK ("momento" IN ('antes', 'contra-entrega')),
  CONSTRAINT metodos_pago_activo CHECK ("activo" IN (0, 1)),
  CONSTRAINT metodos_pago_plazo CHECK ("plazo_segundos" > 0),
  CONSTRAINT metodos_pago_limites CHECK ("minimo" >= 0 AND "maximo" >= coalesce("minimo", 0))
);

CREATE TABLE cobros (
  n bigint NOT NULL PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  pedido_id text COLLATE "C" NOT NULL,
  numero bigint NOT NULL,
  cliente_id text COLLATE "C" NOT NULL,
  creado_por text COLLATE "C" NOT NULL,
  metodo text COLLATE "C" NOT NULL,
  proveedor text COLLATE "C" NOT NULL,
  momento text COLLATE "C" NOT NULL,
  estado text COLLATE "C" NOT NULL,
  causa text COLLATE "C",
  importe bigint NOT NULL,
  moneda text COLLATE "C" NOT NULL,
  referencia text COLLATE "C",
  url text COLLATE "C",
  volver_a text COLLATE "C",
  expira_en bigint NOT NULL,
  apartar_hasta bigint NOT NULL,
  autorizado bigint NOT NULL,
  cobrado bigint NOT NULL,
  reembolsado bigint NOT NULL,
  disputado bigint NOT NULL,
  disputa text COLLATE "C",
  ultimo_rechazo text COLLATE "C",
  version bigint NOT NULL,
  contada bigint NOT NULL,
  consultar_en bigint,
  fallos bigint NOT NULL,
  creado_en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  CONSTRAINT cobros_estado CHECK ("estado" IN ('creado', 'abierto', 'en-proceso', 'autorizado', 'cobrado', 'cerrado')),
  CONSTRAINT cobros_causa CHECK ("causa" IN ('vencido', 'anulado', 'abandonado', 'rechazado', 'no-cobrable')),
  CONSTRAINT cobros_cierre CHECK (("estado" = 'cerrado') = ("causa" IS NOT NULL)),
  CONSTRAINT cobros_momento CHECK ("momento" IN ('antes', 'contra-entrega')),
  CONSTRAINT cobros_volver CHECK ("volver_a" IS NULL OR "estado" = 'creado'),
  CONSTRAINT cobros_disputa CHECK ("disputa" IN ('abierta', 'perdida', 'ganada')),
  CONSTRAINT cobros_importe CHECK ("importe" BETWEEN 1 AND 1000000000000),
  CONSTRAINT cobros_sumas CHECK ("autorizado" >= 0 AND "cobrado" >= 0 AND "reembolsado" >= 0 AND "disputado" >= 0),
  CONSTRAINT cobros_contada CHECK (0 <= "contada" AND "contada" <= "version")
);

CREATE TABLE movimientos (
  cobro_n bigint NOT NULL,
  secuencia bigint NOT NULL,
  proveedor text COLLATE "C" NOT NULL,
  tipo text COLLATE "C" NOT NULL,
  importe bigint NOT NULL,
  referencia text COLLATE "C" NOT NULL,
  en bigint NOT NULL,
  aviso text COLLATE "C",
  PRIMARY KEY (cobro_n, secuencia),
  FOREIGN KEY (cobro_n) REFERENCES cobros (n),
  CONSTRAINT movimientos_tipo CHECK ("tipo" IN ('autorizacion', 'captura', 'anulacion', 'reembolso', 'reembolso-revertido', 'contracargo', 'contracargo-revertido')),
  CONSTRAINT movimientos_importe CHECK ("importe" BETWEEN 1 AND 1000000000000),
  CONSTRAINT movimientos_secuencia CHECK ("secuencia" >= 1)
);

CREATE TABLE ajenos (
  proveedor text COLLATE "C" NOT NULL,
  tipo text COLLATE "C" NOT NULL,
  referencia text COLLATE "C" NOT NULL,
  importe bigint NOT NULL,
  moneda text COLLATE "C" NOT NULL,
  cobro_n bigint,
  en bigint NOT NULL,
  resuelto_en bigint,
  PRIMARY KEY (proveedor, tipo, referencia),
  FOREIGN KEY (cobro_n) REFERENCES cobros (n),
  CONSTRAINT ajenos_tipo CHECK ("tipo" IN ('autorizacion', 'captura', 'anulacion', 'reembolso', 'reembolso-revertido', 'contracargo', 'contracargo-revertido'))
);

CREATE TABLE reembolsos (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  cobro_n bigint NOT NULL,
  importe bigint NOT NULL,
  motivo text COLLATE "C" NOT NULL,
  estado text COLLATE "C" NOT NULL,
  referencia text COLLATE "C",
  causa text COLLATE "C",
  ajeno bigint NOT NULL,
  desde bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  FOREIGN KEY (cobro_n) REFERENCES cobros (n),
  CONSTRAINT reembolsos_estado CHECK ("estado" IN ('por-enviar', 'enviado', 'hecho', 'fallido')),
  CONSTRAINT reembolsos_importe CHECK ("importe" BETWEEN 1 AND 1000000000000),
  CONSTRAINT reembolsos_ajeno CHECK ("ajeno" IN (0, 1))
);

CREATE TABLE avisos (
  proveedor text COLLATE "C" NOT NULL,
  evento_id text COLLATE "C" NOT NULL,
  referencia text COLLATE "C" NOT NULL,
  cuerpo bytea,
  estado text COLLATE "C" NOT NULL,
  intentos bigint NOT NULL,
  recibido_en bigint NOT NULL,
  proxima_en bigint,
  error text COLLATE "C",
  PRIMARY KEY (proveedor, evento_id),
  CONSTRAINT avisos_estado CHECK ("estado" IN ('pendiente', 'hecho', 'ajeno')),
  CONSTRAINT avisos_proxima CHECK (("estado" = 'pendiente') = ("proxima_en" IS NOT NULL)),
  CONSTRAINT avisos_cuerpo CHECK ("estado" <> 'pendiente' OR "cuerpo" IS NOT NULL)
);

CREATE TABLE eventos (
  secuencia bigint NOT NULL PRIMARY KEY,
  tipo text COLLATE "C" NOT NULL,
  sujeto text COLLATE "C" NOT NULL,
  datos text COLLATE "C" NOT NULL,
  en bigint NOT NULL
);

CREATE TABLE idempotencia (
  usuario_id text COLLATE "C" NOT NULL,
  clave text COLLATE "C" NOT NULL,
  huella text COLLATE "C" NOT NULL,
  resultado text COLLATE "C" NOT NULL,
  creada_en bigint NOT NULL,
  PRIMARY KEY (usuario_id, clave)
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

CREATE TABLE auditoria (
  numero bigint NOT NULL PRIMARY KEY,
  en bigint NOT NULL,
  accion text COLLATE "C" NOT NULL,
  actor_id text COLLATE "C",
  sujeto_id text COLLATE "C",
  red text COLLATE "C",
  detalle text COLLATE "C"
);

CREATE TABLE marcas (
  nombre text COLLATE "C" NOT NULL PRIMARY KEY,
  valor text COLLATE "C" NOT NULL
);

-- SQLite's indexes end with the key of the row by themselves.
CREATE INDEX auditoria_por_sujeto ON auditoria (sujeto_id, numero);
CREATE INDEX auditoria_por_accion ON auditoria (accion, numero);
CREATE INDEX avisos_por_estado ON avisos (estado, recibido_en, proveedor, evento_id);
CREATE INDEX avisos_por_hacer ON avisos (proveedor, proxima_en, evento_id) WHERE "proxima_en" IS NOT NULL;
CREATE UNIQUE INDEX cobros_id_unique ON cobros (id);
CREATE INDEX cobros_por_pedido ON cobros (pedido_id, n);
CREATE INDEX cobros_por_estado ON cobros (estado, n);
CREATE UNIQUE INDEX cobros_por_referencia ON cobros (proveedor, referencia) WHERE "referencia" IS NOT NULL;
CREATE INDEX cobros_por_consultar ON cobros (proveedor, consultar_en, n) WHERE "consultar_en" IS NOT NULL;
CREATE INDEX cobros_por_contar ON cobros (version, n) WHERE "contada" < "version";
CREATE INDEX idempotencia_por_creacion ON idempotencia (creada_en, usuario_id, clave);
CREATE UNIQUE INDEX movimientos_una_vez ON movimientos (proveedor, tipo, referencia);
CREATE INDEX obligaciones_por_hacer ON obligaciones (tipo, proxima_en, clave);
CREATE INDEX reembolsos_por_cobro ON reembolsos (cobro_n, id);
CREATE INDEX reembolsos_por_estado ON reembolsos (estado, desde, id);

-- What happened to money is added to and never changes.
CREATE TRIGGER movimientos_sin_cambios BEFORE UPDATE OR DELETE ON movimientos FOR EACH ROW
  EXECUTE FUNCTION prohibir('movimientos is append-only');
CREATE TRIGGER movimientos_sin_vaciado BEFORE TRUNCATE ON movimientos
  FOR EACH STATEMENT EXECUTE FUNCTION prohibir('movimientos is append-only');
CREATE TRIGGER eventos_sin_cambios BEFORE UPDATE OR DELETE ON eventos FOR EACH ROW
  EXECUTE FUNCTION prohibir('history never changes');
CREATE TRIGGER eventos_sin_vaciado BEFORE TRUNCATE ON eventos
  FOR EACH STATEMENT EXECUTE FUNCTION prohibir('history never changes');
-- What was done stays done: the log takes lines and gives none back.
CREATE TRIGGER auditoria_sin_cambios BEFORE UPDATE OR DELETE ON auditoria FOR EACH ROW
  EXECUTE FUNCTION prohibir('the audit log is append-only');
CREATE TRIGGER auditoria_sin_vaciado BEFORE TRUNCATE ON auditoria
  FOR EACH STATEMENT EXECUTE FUNCTION prohibir('the audit log is append-only');
CREATE TRIGGER cobros_quedan BEFORE DELETE ON cobros FOR EACH ROW
  EXECUTE FUNCTION prohibir('charges are kept');
CREATE TRIGGER cobros_fijos BEFORE UPDATE OF n, id, pedido_id, numero, cliente_id, creado_por, metodo, proveedor, momento, importe, moneda, creado_en ON cobros FOR EACH ROW
  EXECUTE FUNCTION prohibir('what a charge was made as never changes');
CREATE TRIGGER cobros_referencia_fija BEFORE UPDATE OF referencia ON cobros FOR EACH ROW
  WHEN (OLD.referencia IS NOT NULL AND OLD.referencia IS DISTINCT FROM NEW.referencia)
  EXECUTE FUNCTION prohibir('what a provider calls a charge never changes');
-- The one way on is that of the table; what was closed may still be paid.
CREATE TRIGGER cobros_adelante BEFORE UPDATE OF estado ON cobros FOR EACH ROW
  WHEN (CASE NEW.estado WHEN 'creado' THEN 0 WHEN 'abierto' THEN 1 WHEN 'en-proceso' THEN 2 WHEN 'autorizado' THEN 3
    WHEN 'cerrado' THEN 4 ELSE 5 END
    < CASE OLD.estado WHEN 'creado' THEN 0 WHEN 'abierto' THEN 1 WHEN 'en-proceso' THEN 2 WHEN 'autorizado' THEN 3
    WHEN 'cerrado' THEN 4 ELSE 5 END)
  EXECUTE FUNCTION prohibir('a charge never goes back');
CREATE TRIGGER cobros_version BEFORE UPDATE OF version, contada ON cobros FOR EACH ROW
  WHEN (NEW.version < OLD.version OR NEW.contada < OLD.contada)
  EXECUTE FUNCTION prohibir('the version of a charge only grows');
CREATE TRIGGER reembolsos_quedan BEFORE DELETE ON reembolsos FOR EACH ROW
  EXECUTE FUNCTION prohibir('refunds are kept');
CREATE TRIGGER reembolsos_fijos BEFORE UPDATE OF id, cobro_n, importe, motivo, ajeno, desde ON reembolsos FOR EACH ROW
  EXECUTE FUNCTION prohibir('what a refund was asked as never changes');
CREATE TRIGGER reembolsos_adelante BEFORE UPDATE OF estado ON reembolsos FOR EACH ROW
  WHEN (NEW.estado = 'por-enviar' AND OLD.estado <> 'por-enviar')
  EXECUTE FUNCTION prohibir('a refund that was sent is not sent anew');
CREATE TRIGGER ajenos_quedan BEFORE DELETE ON ajenos FOR EACH ROW
  EXECUTE FUNCTION prohibir('what is not ours is kept until it is settled, and then as well');
CREATE TRIGGER ajenos_fijos BEFORE UPDATE OF proveedor, tipo, referencia, importe, moneda, cobro_n, en ON ajenos FOR EACH ROW
  EXECUTE FUNCTION prohibir('what a provider told never changes');
