-- minimo: 0001_devoluciones
-- A reservation whose id is not its order's says whose it is; the others, as good as all, leave it empty.

ALTER TABLE reservas ADD COLUMN pedido text COLLATE "C";

CREATE INDEX reservas_de_otro_pedido ON reservas (pedido) WHERE "pedido" IS NOT NULL;
