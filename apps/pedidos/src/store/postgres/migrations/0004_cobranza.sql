-- The money of orders: how one is to be paid, its charges, what happened to them, what is to go back. What an order
-- may set out for, and why less is owed of it, is more than it was. A version that knew nothing of money would end
-- orders without looking at it, so that none before this one may go on.

ALTER TABLE pedidos
  DROP CONSTRAINT pedidos_proposito,
  ADD CONSTRAINT pedidos_proposito CHECK ("intencion" IN ('completar', 'cancelar', 'expirar', 'asegurar', 'reapartar', 'despachar', 'cambiar'));

ALTER TABLE abonos RENAME COLUMN tipo TO causa;
ALTER TABLE abonos
  ADD COLUMN lineas text COLLATE "C",
  DROP CONSTRAINT abonos_tipo,
  ADD CONSTRAINT abonos_causa CHECK ("causa" IN ('anulacion', 'baja', 'devolucion', 'cortesia', 'cancelacion', 'contracargo'));
DROP TRIGGER abonos_fijos ON abonos;
CREATE TRIGGER abonos_fijos BEFORE UPDATE ON abonos FOR EACH ROW
  WHEN (NEW.motivo IS NOT NULL OR (NEW.id, NEW.numero, NEW.causa, NEW.importe, NEW.impuesto, NEW.actor, NEW.en, NEW.lineas)
    IS DISTINCT FROM (OLD.id, OLD.numero, OLD.causa, OLD.importe, OLD.impuesto, OLD.actor, OLD.en, OLD.lineas))
  EXECUTE FUNCTION prohibir('credits never change');

CREATE TABLE pedido_cobranza (
  numero bigint NOT NULL PRIMARY KEY,
  metodo text COLLATE "C",
  momento text COLLATE "C",
  apartado text COLLATE "C" NOT NULL,
  reserva_id text COLLATE "C",
  insistir_hasta bigint,
  pagado_en bigint,
  asunto text COLLATE "C",
  saldo bigint NOT NULL,
  CONSTRAINT pedido_cobranza_momento CHECK ("momento" IN ('antes', 'contra-entrega')),
  CONSTRAINT pedido_cobranza_apartado CHECK ("apartado" IN ('plazo', 'firme', 'vencido')),
  CONSTRAINT pedido_cobranza_asunto CHECK ("asunto" IN ('por-cobrar', 'por-devolver', 'devolucion-fallida', 'en-disputa', 'vencido', 'por-asegurar'))
);
CREATE INDEX pedido_cobranza_por_asunto ON pedido_cobranza (asunto, numero) WHERE "asunto" IS NOT NULL;

CREATE TABLE pedido_cobros (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  numero bigint NOT NULL,
  orden bigint NOT NULL,
  metodo text COLLATE "C" NOT NULL,
  proveedor text COLLATE "C" NOT NULL,
  momento text COLLATE "C" NOT NULL,
  estado text COLLATE "C" NOT NULL,
  causa text COLLATE "C",
  importe bigint NOT NULL,
  autorizado bigint NOT NULL,
  cobrado bigint NOT NULL,
  reembolsado bigint NOT NULL,
  disputado bigint NOT NULL,
  disputa text COLLATE "C",
  expira_en bigint,
  version bigint NOT NULL,
  creado_en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  CONSTRAINT pedido_cobros_momento CHECK ("momento" IN ('antes', 'contra-entrega')),
  CONSTRAINT pedido_cobros_estado CHECK ("estado" IN ('creado', 'abierto', 'en-proceso', 'autorizado', 'cobrado', 'cerrado')),
  CONSTRAINT pedido_cobros_importe CHECK ("importe" BETWEEN 0 AND 1000000000000),
  CONSTRAINT pedido_cobros_autorizado CHECK ("autorizado" BETWEEN 0 AND 1000000000000),
  CONSTRAINT pedido_cobros_cobrado CHECK ("cobrado" BETWEEN 0 AND 1000000000000),
  CONSTRAINT pedido_cobros_reembolsado CHECK ("reembolsado" BETWEEN 0 AND 1000000000000),
  CONSTRAINT pedido_cobros_disputado CHECK ("disputado" BETWEEN 0 AND 1000000000000),
  CONSTRAINT pedido_cobros_disputa CHECK ("disputa" IN ('abierta', 'perdida', 'ganada')),
  CONSTRAINT pedido_cobros_version CHECK ("version" > 0)
);
CREATE INDEX pedido_cobros_de_pedido ON pedido_cobros (numero, orden, id);

CREATE TABLE pedido_movimientos (
  cobro_id text COLLATE "C" NOT NULL,
  secuencia bigint NOT NULL,
  numero bigint NOT NULL,
  tipo text COLLATE "C" NOT NULL,
  importe bigint NOT NULL,
  referencia text COLLATE "C" NOT NULL,
  en bigint NOT NULL,
  PRIMARY KEY (cobro_id, secuencia),
  CONSTRAINT pedido_movimientos_importe CHECK ("importe" BETWEEN 1 AND 1000000000000)
);
CREATE INDEX pedido_movimientos_de_pedido ON pedido_movimientos (numero, cobro_id, secuencia);

CREATE TABLE reembolsos_pedidos (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  numero bigint NOT NULL,
  cobro_id text COLLATE "C" NOT NULL,
  importe bigint NOT NULL,
  motivo text COLLATE "C" NOT NULL,
  estado text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  en bigint NOT NULL,
  actualizado_en bigint NOT NULL,
  CONSTRAINT reembolsos_pedidos_importe CHECK ("importe" BETWEEN 1 AND 1000000000000),
  CONSTRAINT reembolsos_pedidos_estado CHECK ("estado" IN ('por-pedir', 'pedido', 'hecho', 'fallido'))
);
CREATE INDEX reembolsos_de_pedido ON reembolsos_pedidos (numero, en, id);

-- A charge is told anew as it is: later, of the same order, and as the same charge.
CREATE TRIGGER pedido_cobros_adelante BEFORE UPDATE ON pedido_cobros FOR EACH ROW
  WHEN (NEW.version <= OLD.version OR
    (NEW.id, NEW.numero, NEW.orden, NEW.metodo, NEW.proveedor, NEW.momento, NEW.importe, NEW.creado_en)
    IS DISTINCT FROM
    (OLD.id, OLD.numero, OLD.orden, OLD.metodo, OLD.proveedor, OLD.momento, OLD.importe, OLD.creado_en))
  EXECUTE FUNCTION prohibir('a charge goes on as it was made');
CREATE TRIGGER pedido_cobros_quedan BEFORE DELETE ON pedido_cobros FOR EACH ROW
  EXECUTE FUNCTION prohibir('a charge goes on as it was made');
CREATE TRIGGER pedido_movimientos_fijos BEFORE UPDATE ON pedido_movimientos FOR EACH ROW
  EXECUTE FUNCTION prohibir('what happened to money never changes');
CREATE TRIGGER pedido_movimientos_quedan BEFORE DELETE ON pedido_movimientos FOR EACH ROW
  EXECUTE FUNCTION prohibir('what happened to money never changes');
CREATE TRIGGER reembolsos_pedidos_fijos BEFORE UPDATE ON reembolsos_pedidos FOR EACH ROW
  WHEN ((NEW.id, NEW.numero, NEW.cobro_id, NEW.importe, NEW.motivo, NEW.actor, NEW.en)
    IS DISTINCT FROM (OLD.id, OLD.numero, OLD.cobro_id, OLD.importe, OLD.motivo, OLD.actor, OLD.en))
  EXECUTE FUNCTION prohibir('a refund stays what was asked for');
CREATE TRIGGER reembolsos_pedidos_quedan BEFORE DELETE ON reembolsos_pedidos FOR EACH ROW
  EXECUTE FUNCTION prohibir('a refund stays what was asked for');
CREATE TRIGGER pedido_cobranza_queda BEFORE DELETE ON pedido_cobranza FOR EACH ROW
  EXECUTE FUNCTION prohibir('an order that has money keeps it');
