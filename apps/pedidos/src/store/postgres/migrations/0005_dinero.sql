-- Money by when it moved and by which way it was paid, added up as it is heard of, and movements by when they were.
-- A version that adds nothing up would leave sums short, so that none before this one may go on.

CREATE TABLE resumen_dinero (
  nivel bigint NOT NULL,
  moneda text COLLATE "C" NOT NULL,
  tramo bigint NOT NULL,
  metodo text COLLATE "C" NOT NULL,
  cobrado bigint NOT NULL,
  reembolsado bigint NOT NULL,
  disputado bigint NOT NULL,
  PRIMARY KEY (nivel, moneda, tramo, metodo),
  CONSTRAINT resumen_dinero_cobrado CHECK ("cobrado" >= 0)
);
CREATE INDEX pedido_movimientos_por_en ON pedido_movimientos (en, cobro_id, secuencia);
