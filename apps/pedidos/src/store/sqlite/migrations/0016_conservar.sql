-- Whose a guest's order is may change once: it is kept in an account then.
DROP TRIGGER `pedidos_fijos`;
--> statement-breakpoint
CREATE TRIGGER `pedidos_fijos` BEFORE UPDATE OF `numero`, `id`, `creado_por`, `total`, `moneda`, `creado_en` ON `pedidos` BEGIN
	SELECT RAISE(ABORT, 'what an order was made as never changes');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_de_quien` BEFORE UPDATE OF `cliente_id` ON `pedidos` WHEN OLD.`cliente_id` <> OLD.`creado_por` OR NOT EXISTS (SELECT 1 FROM `pedido_condiciones` c WHERE c.`numero` = OLD.`numero` AND c.`invitado` = 1) BEGIN
	SELECT RAISE(ABORT, 'whose an order is changes once, from a guest');
END;
