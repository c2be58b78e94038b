-- Whose a guest's order is may change once: it is kept in an account then.

DROP TRIGGER pedidos_fijos ON pedidos;
CREATE TRIGGER pedidos_fijos BEFORE UPDATE OF numero, id, creado_por, total, moneda, creado_en ON pedidos FOR EACH ROW
  EXECUTE FUNCTION prohibir('what an order was made as never changes');
-- A function, as a condition of a trigger can't look at other tables.
CREATE FUNCTION conservar_una_vez() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.cliente_id <> OLD.creado_por OR NOT EXISTS (
    SELECT 1 FROM pedido_condiciones c WHERE c.numero = OLD.numero AND c.invitado = 1
  ) THEN
    RAISE EXCEPTION 'whose an order is changes once, from a guest';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pedidos_de_quien BEFORE UPDATE OF cliente_id ON pedidos FOR EACH ROW EXECUTE FUNCTION conservar_una_vez();
