-- The money of orders: how one is to be paid, its charges, what happened to them, what is to go back. What an order
-- may set out for, and why less is owed of it, is more than it was: both tables are made anew, with their triggers.
CREATE TABLE `pedido_cobranza` (
	`numero` integer PRIMARY KEY NOT NULL,
	`metodo` text,
	`momento` text,
	`apartado` text NOT NULL,
	`reserva_id` text,
	`insistir_hasta` integer,
	`pagado_en` integer,
	`asunto` text,
	`saldo` integer NOT NULL,
	CONSTRAINT "pedido_cobranza_momento" CHECK("momento" IN ('antes', 'contra-entrega')),
	CONSTRAINT "pedido_cobranza_apartado" CHECK("apartado" IN ('plazo', 'firme', 'vencido')),
	CONSTRAINT "pedido_cobranza_asunto" CHECK("asunto" IN ('por-cobrar', 'por-devolver', 'devolucion-fallida', 'en-disputa', 'vencido', 'por-asegurar'))
);
--> statement-breakpoint
CREATE INDEX `pedido_cobranza_por_asunto` ON `pedido_cobranza` (`asunto`,`numero`) WHERE "asunto" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `pedido_cobros` (
	`id` text PRIMARY KEY NOT NULL,
	`numero` integer NOT NULL,
	`orden` integer NOT NULL,
	`metodo` text NOT NULL,
	`proveedor` text NOT NULL,
	`momento` text NOT NULL,
	`estado` text NOT NULL,
	`causa` text,
	`importe` integer NOT NULL,
	`autorizado` integer NOT NULL,
	`cobrado` integer NOT NULL,
	`reembolsado` integer NOT NULL,
	`disputado` integer NOT NULL,
	`disputa` text,
	`expira_en` integer,
	`version` integer NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "pedido_cobros_momento" CHECK("momento" IN ('antes', 'contra-entrega')),
	CONSTRAINT "pedido_cobros_estado" CHECK("estado" IN ('creado', 'abierto', 'en-proceso', 'autorizado', 'cobrado', 'cerrado')),
	CONSTRAINT "pedido_cobros_importe" CHECK("importe" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "pedido_cobros_autorizado" CHECK("autorizado" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "pedido_cobros_cobrado" CHECK("cobrado" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "pedido_cobros_reembolsado" CHECK("reembolsado" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "pedido_cobros_disputado" CHECK("disputado" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "pedido_cobros_disputa" CHECK("disputa" IN ('abierta', 'perdida', 'ganada')),
	CONSTRAINT "pedido_cobros_version" CHECK("version" > 0)
);
--> statement-breakpoint
CREATE INDEX `pedido_cobros_de_pedido` ON `pedido_cobros` (`numero`,`orden`);--> statement-breakpoint
CREATE TABLE `pedido_movimientos` (
	`cobro_id` text NOT NULL,
	`secuencia` integer NOT NULL,
	`numero` integer NOT NULL,
	`tipo` text NOT NULL,
	`importe` integer NOT NULL,
	`referencia` text NOT NULL,
	`en` integer NOT NULL,
	PRIMARY KEY(`cobro_id`, `secuencia`),
	CONSTRAINT "pedido_movimientos_importe" CHECK("importe" BETWEEN 1 AND 1000000000000)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `pedido_movimientos_de_pedido` ON `pedido_movimientos` (`numero`,`cobro_id`,`secuencia`);--> statement-breakpoint
CREATE TABLE `reembolsos_pedidos` (
	`id` text PRIMARY KEY NOT NULL,
	`numero` integer NOT NULL,
	`cobro_id` text NOT NULL,
	`importe` integer NOT NULL,
	`motivo` text NOT NULL,
	`estado` text NOT NULL,
	`actor` text NOT NULL,
	`en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "reembolsos_pedidos_importe" CHECK("importe" BETWEEN 1 AND 1000000000000),
	CONSTRAINT "reembolsos_pedidos_estado" CHECK("estado" IN ('por-pedir', 'pedido', 'hecho', 'fallido'))
);
--> statement-breakpoint
CREATE INDEX `reembolsos_de_pedido` ON `reembolsos_pedidos` (`numero`,`en`);--> statement-breakpoint
CREATE TABLE `__new_abonos` (
	`id` text PRIMARY KEY NOT NULL,
	`numero` integer NOT NULL,
	`causa` text NOT NULL,
	`importe` integer NOT NULL,
	`impuesto` integer NOT NULL,
	`motivo` text,
	`actor` text NOT NULL,
	`en` integer NOT NULL,
	`lineas` text,
	CONSTRAINT "abonos_causa" CHECK("causa" IN ('anulacion', 'baja', 'devolucion', 'cortesia', 'cancelacion', 'contracargo')),
	CONSTRAINT "abonos_importe" CHECK("importe" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "abonos_impuesto" CHECK("impuesto" BETWEEN 0 AND "importe")
);
--> statement-breakpoint
INSERT INTO `__new_abonos`("id", "numero", "causa", "importe", "impuesto", "motivo", "actor", "en", "lineas") SELECT "id", "numero", "tipo", "importe", "impuesto", "motivo", "actor", "en", NULL FROM `abonos`;--> statement-breakpoint
DROP TABLE `abonos`;--> statement-breakpoint
ALTER TABLE `__new_abonos` RENAME TO `abonos`;--> statement-breakpoint
CREATE INDEX `abonos_de_pedido` ON `abonos` (`numero`);--> statement-breakpoint
DROP TRIGGER `pedido_eventos_fijos`;
--> statement-breakpoint
CREATE TABLE `__new_pedidos` (
	`numero` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`cliente_id` text NOT NULL,
	`creado_por` text NOT NULL,
	`estado` text NOT NULL,
	`version` integer NOT NULL,
	`intencion` text,
	`intencion_actor` text,
	`intencion_motivo` text,
	`intencion_desde` integer,
	`intentos` integer NOT NULL,
	`proximo_intento_en` integer,
	`ultimo_error` text,
	`total` integer NOT NULL,
	`moneda` text NOT NULL,
	`notas` text,
	`direccion_envio` text,
	`motivo` text,
	`expira_en` integer NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	`sello` blob,
	CONSTRAINT "pedidos_estado" CHECK("estado" IN ('Pendiente', 'Completado', 'Cancelado')),
	CONSTRAINT "pedidos_proposito" CHECK("intencion" IN ('completar', 'cancelar', 'expirar', 'asegurar', 'reapartar', 'despachar', 'cambiar')),
	CONSTRAINT "pedidos_intencion" CHECK("intencion" IS NULL OR "estado" = 'Pendiente'),
	CONSTRAINT "pedidos_intencion_entera" CHECK(("intencion" IS NULL) = ("intencion_actor" IS NULL) AND ("intencion" IS NULL) = ("intencion_desde" IS NULL) AND ("intencion" IS NULL) = ("proximo_intento_en" IS NULL)),
	CONSTRAINT "pedidos_motivo" CHECK("motivo" IS NULL OR "estado" = 'Cancelado'),
	CONSTRAINT "pedidos_total" CHECK("total" BETWEEN 0 AND 1000000000000)
);
--> statement-breakpoint
INSERT INTO `__new_pedidos`("numero", "id", "cliente_id", "creado_por", "estado", "version", "intencion", "intencion_actor", "intencion_motivo", "intencion_desde", "intentos", "proximo_intento_en", "ultimo_error", "total", "moneda", "notas", "direccion_envio", "motivo", "expira_en", "creado_en", "actualizado_en", "sello") SELECT "numero", "id", "cliente_id", "creado_por", "estado", "version", "intencion", "intencion_actor", "intencion_motivo", "intencion_desde", "intentos", "proximo_intento_en", "ultimo_error", "total", "moneda", "notas", "direccion_envio", "motivo", "expira_en", "creado_en", "actualizado_en", "sello" FROM `pedidos`;--> statement-breakpoint
DROP TABLE `pedidos`;--> statement-breakpoint
ALTER TABLE `__new_pedidos` RENAME TO `pedidos`;--> statement-breakpoint
CREATE UNIQUE INDEX `pedidos_id_unique` ON `pedidos` (`id`);--> statement-breakpoint
CREATE INDEX `pedidos_por_estado` ON `pedidos` (`estado`);--> statement-breakpoint
CREATE INDEX `pedidos_con_intencion` ON `pedidos` (`proximo_intento_en`,`intencion`,`intencion_desde`) WHERE "intencion" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `pedidos_por_vencer` ON `pedidos` (`expira_en`) WHERE "estado" = 'Pendiente' AND "intencion" IS NULL;
--> statement-breakpoint
CREATE TRIGGER `pedidos_fijos` BEFORE UPDATE OF `numero`, `id`, `creado_por`, `total`, `moneda`, `creado_en` ON `pedidos` BEGIN
	SELECT RAISE(ABORT, 'what an order was made as never changes');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_de_quien` BEFORE UPDATE OF `cliente_id` ON `pedidos` WHEN OLD.`cliente_id` <> OLD.`creado_por` OR NOT EXISTS (SELECT 1 FROM `pedido_condiciones` c WHERE c.`numero` = OLD.`numero` AND c.`invitado` = 1) BEGIN
	SELECT RAISE(ABORT, 'whose an order is changes once, from a guest');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_quedan` BEFORE DELETE ON `pedidos` BEGIN
	SELECT RAISE(ABORT, 'orders are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_mas_tarde` BEFORE UPDATE OF `expira_en` ON `pedidos` WHEN OLD.`estado` <> 'Pendiente' OR NEW.`expira_en` < OLD.`expira_en` BEGIN
	SELECT RAISE(ABORT, 'an order runs out later or as it did');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_una_vez` BEFORE UPDATE OF `estado` ON `pedidos` WHEN OLD.`estado` <> 'Pendiente' BEGIN
	SELECT RAISE(ABORT, 'an order that has ended stays as it is');
END;
--> statement-breakpoint
CREATE TRIGGER `pedidos_sello` BEFORE UPDATE OF `sello` ON `pedidos` WHEN NEW.`sello` IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'the seal of an order never changes');
END;
--> statement-breakpoint
CREATE TRIGGER `pedido_eventos_fijos` BEFORE UPDATE ON `pedido_eventos` WHEN NOT (
	NEW.`motivo` IS NULL AND NEW.`secuencia` = OLD.`secuencia` AND NEW.`numero` = OLD.`numero`
	AND NEW.`estado` = OLD.`estado` AND NEW.`actor` = OLD.`actor` AND NEW.`en` = OLD.`en`
	AND NEW.`tipo` IS OLD.`tipo` AND NEW.`datos` IS OLD.`datos`
	AND EXISTS (
		SELECT 1 FROM `pedidos` p JOIN `clientes_borrados` b ON b.`id` = p.`cliente_id`
		WHERE p.`numero` = OLD.`numero`
	)
) BEGIN
	SELECT RAISE(ABORT, 'history never changes');
END;
--> statement-breakpoint
-- Credits are written once; why may be erased with their customer.
CREATE TRIGGER `abonos_fijos` BEFORE UPDATE ON `abonos` WHEN NOT (
	NEW.`motivo` IS NULL AND NEW.`id` = OLD.`id` AND NEW.`numero` = OLD.`numero` AND NEW.`causa` = OLD.`causa`
	AND NEW.`importe` = OLD.`importe` AND NEW.`impuesto` = OLD.`impuesto`
	AND NEW.`actor` = OLD.`actor` AND NEW.`en` = OLD.`en` AND NEW.`lineas` IS OLD.`lineas`
) BEGIN
	SELECT RAISE(ABORT, 'credits never change');
END;
--> statement-breakpoint
CREATE TRIGGER `abonos_quedan` BEFORE DELETE ON `abonos` BEGIN
	SELECT RAISE(ABORT, 'credits never change');
END;
--> statement-breakpoint
-- A charge is told anew as it is: later, of the same order, and as the same charge.
CREATE TRIGGER `pedido_cobros_adelante` BEFORE UPDATE ON `pedido_cobros` WHEN NOT (
	NEW.`version` > OLD.`version` AND NEW.`id` = OLD.`id` AND NEW.`numero` = OLD.`numero`
	AND NEW.`orden` = OLD.`orden` AND NEW.`metodo` = OLD.`metodo` AND NEW.`proveedor` = OLD.`proveedor`
	AND NEW.`momento` = OLD.`momento` AND NEW.`importe` = OLD.`importe` AND NEW.`creado_en` = OLD.`creado_en`
) BEGIN
	SELECT RAISE(ABORT, 'a charge goes on as it was made');
END;
--> statement-breakpoint
CREATE TRIGGER `pedido_cobros_quedan` BEFORE DELETE ON `pedido_cobros` BEGIN
	SELECT RAISE(ABORT, 'a charge goes on as it was made');
END;
--> statement-breakpoint
CREATE TRIGGER `pedido_movimientos_fijos` BEFORE UPDATE ON `pedido_movimientos` BEGIN
	SELECT RAISE(ABORT, 'what happened to money never changes');
END;
--> statement-breakpoint
CREATE TRIGGER `pedido_movimientos_quedan` BEFORE DELETE ON `pedido_movimientos` BEGIN
	SELECT RAISE(ABORT, 'what happened to money never changes');
END;
--> statement-breakpoint
CREATE TRIGGER `reembolsos_pedidos_fijos` BEFORE UPDATE ON `reembolsos_pedidos` WHEN NOT (
	NEW.`id` = OLD.`id` AND NEW.`numero` = OLD.`numero` AND NEW.`cobro_id` = OLD.`cobro_id`
	AND NEW.`importe` = OLD.`importe` AND NEW.`motivo` = OLD.`motivo` AND NEW.`actor` = OLD.`actor`
	AND NEW.`en` = OLD.`en`
) BEGIN
	SELECT RAISE(ABORT, 'a refund stays what was asked for');
END;
--> statement-breakpoint
CREATE TRIGGER `reembolsos_pedidos_quedan` BEFORE DELETE ON `reembolsos_pedidos` BEGIN
	SELECT RAISE(ABORT, 'a refund stays what was asked for');
END;
--> statement-breakpoint
CREATE TRIGGER `pedido_cobranza_queda` BEFORE DELETE ON `pedido_cobranza` BEGIN
	SELECT RAISE(ABORT, 'an order that has money keeps it');
END;
