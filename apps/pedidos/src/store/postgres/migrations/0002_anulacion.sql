-- What is owed back is added up beside what came in, and what was voided leaves what was sold: of a short
-- stretch less than nothing may be left.

ALTER TABLE resumen_tramos
  ADD COLUMN abonado bigint NOT NULL DEFAULT 0,
  DROP CONSTRAINT resumen_tramos_cuentas,
  ADD CONSTRAINT resumen_tramos_cuentas CHECK ("pedidos" >= 0 AND "completados" >= 0 AND "cancelados" >= 0 AND "ingresos" >= 0 AND "abonado" >= 0);
ALTER TABLE resumen_vendidos DROP CONSTRAINT resumen_vendidos_cuentas;
