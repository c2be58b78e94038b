-- What comes back of an order is a line of the ledger, under the id of its return.

ALTER TABLE movimientos
  ADD COLUMN acto_id text COLLATE "C",
  ADD COLUMN ubicacion text COLLATE "C" NOT NULL DEFAULT 'principal',
  DROP CONSTRAINT movimientos_signo,
  DROP CONSTRAINT movimientos_origen,
  ADD CONSTRAINT movimientos_signo CHECK (CASE "tipo" WHEN 'ENTRADA' THEN "cantidad" > 0 WHEN 'SALIDA' THEN "cantidad" < 0
        WHEN 'VENTA' THEN "cantidad" < 0 WHEN 'DEVOLUCION' THEN "cantidad" > 0
        WHEN 'AJUSTE' THEN true ELSE false END),
  ADD CONSTRAINT movimientos_origen CHECK (("tipo" IN ('VENTA', 'DEVOLUCION')) = ("pedido_id" IS NOT NULL) AND ("pedido_id" IS NULL) = ("usuario_id" IS NOT NULL)),
  ADD CONSTRAINT movimientos_acto CHECK (("tipo" <> 'DEVOLUCION' OR "acto_id" IS NOT NULL) AND ("acto_id" IS NULL OR "pedido_id" IS NOT NULL));

CREATE UNIQUE INDEX movimientos_por_acto ON movimientos (acto_id, producto_id) WHERE "acto_id" IS NOT NULL;
