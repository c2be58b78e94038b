-- What a sale has beyond products and stock: what is agreed of an order, methods, coupons, mails, credits, notes.
CREATE TABLE `abonos` (
	`id` text PRIMARY KEY NOT NULL,
	`numero` integer NOT NULL,
	`tipo` text NOT NULL,
	`importe` integer NOT NULL,
	`impuesto` integer NOT NULL,
	`motivo` text,
	`actor` text NOT NULL,
	`en` integer NOT NULL,
	CONSTRAINT "abonos_tipo" CHECK("tipo" IN ('anulacion')),
	CONSTRAINT "abonos_importe" CHECK("importe" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "abonos_impuesto" CHECK("impuesto" BETWEEN 0 AND "importe")
);
--> statement-breakpoint
CREATE INDEX `abonos_de_pedido` ON `abonos` (`numero`);--> statement-breakpoint
CREATE TABLE `ajustes` (
	`nombre` text PRIMARY KEY NOT NULL,
	`valor` text NOT NULL,
	`version` integer NOT NULL,
	`actualizado_en` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `auditoria` (
	`numero` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`en` integer NOT NULL,
	`accion` text NOT NULL,
	`actor_id` text,
	`sujeto_id` text,
	`red` text,
	`detalle` text
);
--> statement-breakpoint
CREATE INDEX `auditoria_por_sujeto` ON `auditoria` (`sujeto_id`,`numero`);--> statement-breakpoint
CREATE INDEX `auditoria_por_accion` ON `auditoria` (`accion`,`numero`);--> statement-breakpoint
CREATE TABLE `avisos` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`secuencia` integer,
	`tipo` text NOT NULL,
	`numero` integer,
	`para` text NOT NULL,
	`datos` text,
	`estado` text NOT NULL,
	`intentos` integer NOT NULL,
	`fallo` text,
	`creado_en` integer NOT NULL,
	`terminado_en` integer,
	CONSTRAINT "avisos_para" CHECK("para" IN ('cliente', 'personal')),
	CONSTRAINT "avisos_estado" CHECK("estado" IN ('por-enviar', 'enviado', 'fallido', 'omitido')),
	CONSTRAINT "avisos_fin" CHECK(("estado" = 'por-enviar') = ("terminado_en" IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `avisos_una_vez` ON `avisos` (`secuencia`,`tipo`);--> statement-breakpoint
CREATE INDEX `avisos_de_pedido` ON `avisos` (`numero`,`id`);--> statement-breakpoint
CREATE INDEX `avisos_por_ver` ON `avisos` (`estado`,`id`) WHERE "estado" = 'por-enviar' OR "estado" = 'fallido';--> statement-breakpoint
CREATE TABLE `cupon_usos` (
	`codigo` text NOT NULL,
	`cliente_id` text NOT NULL,
	`numero` integer NOT NULL,
	PRIMARY KEY(`codigo`, `cliente_id`, `numero`),
	FOREIGN KEY (`codigo`) REFERENCES `cupones`(`codigo`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `cupones` (
	`codigo` text PRIMARY KEY NOT NULL,
	`tipo` text NOT NULL,
	`valor` integer,
	`minimo` integer,
	`desde` integer,
	`hasta` integer,
	`usos_maximos` integer,
	`usos_por_cliente` integer,
	`categorias` text NOT NULL,
	`activo` integer NOT NULL,
	`usados` integer NOT NULL,
	`version` integer NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "cupones_tipo" CHECK("tipo" IN ('porcentaje', 'importe', 'envio-gratis')),
	CONSTRAINT "cupones_valor" CHECK(("valor" IS NULL) = ("tipo" = 'envio-gratis')),
	CONSTRAINT "cupones_porcentaje" CHECK("tipo" <> 'porcentaje' OR "valor" BETWEEN 1 AND 10000),
	CONSTRAINT "cupones_usados" CHECK("usados" >= 0 AND ("usos_maximos" IS NULL OR "usados" <= "usos_maximos")),
	CONSTRAINT "cupones_activo" CHECK("activo" IN (0, 1))
);
--> statement-breakpoint
CREATE TABLE `enlaces` (
	`numero` integer PRIMARY KEY NOT NULL,
	`vuelta` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `existencias_avisadas` (
	`producto_id` text PRIMARY KEY NOT NULL,
	`en` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `metodos_envio` (
	`codigo` text PRIMARY KEY NOT NULL,
	`nombre` text NOT NULL,
	`tipo` text NOT NULL,
	`zonas` text NOT NULL,
	`tarifa` text NOT NULL,
	`gratis_desde` integer,
	`clase_impuesto` text NOT NULL,
	`plazo_dias` integer,
	`instrucciones` text,
	`activo` integer NOT NULL,
	`posicion` integer NOT NULL,
	`version` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "metodos_envio_tipo" CHECK("tipo" IN ('domicilio', 'retiro')),
	CONSTRAINT "metodos_envio_activo" CHECK("activo" IN (0, 1))
);
--> statement-breakpoint
CREATE TABLE `pedido_condiciones` (
	`numero` integer PRIMARY KEY NOT NULL,
	`contacto` text,
	`facturacion` text,
	`metodo_envio` text,
	`envio_importe` integer NOT NULL,
	`envio_clase` text NOT NULL,
	`envio_tasa` integer NOT NULL,
	`envio_por_dentro` integer NOT NULL,
	`envio_impuesto` integer NOT NULL,
	`cupon` text,
	`descuento` integer NOT NULL,
	`idioma` text,
	`canal` text,
	`invitado` integer NOT NULL,
	CONSTRAINT "pedido_condiciones_envio" CHECK("envio_importe" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "pedido_condiciones_impuesto" CHECK("envio_impuesto" BETWEEN 0 AND "envio_importe"),
	CONSTRAINT "pedido_condiciones_tasa" CHECK("envio_tasa" BETWEEN 0 AND 10000),
	CONSTRAINT "pedido_condiciones_por_dentro" CHECK("envio_por_dentro" IN (0, 1)),
	CONSTRAINT "pedido_condiciones_descuento" CHECK("descuento" BETWEEN 0 AND 1000000000000),
	CONSTRAINT "pedido_condiciones_cupon" CHECK("cupon" IS NOT NULL OR "descuento" = 0),
	CONSTRAINT "pedido_condiciones_metodo" CHECK("metodo_envio" IS NOT NULL OR "envio_importe" = 0),
	CONSTRAINT "pedido_condiciones_idioma" CHECK("idioma" IN ('es', 'en')),
	CONSTRAINT "pedido_condiciones_invitado" CHECK("invitado" IN (0, 1))
);
--> statement-breakpoint
CREATE TABLE `pedido_notas` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`numero` integer NOT NULL,
	`texto` text NOT NULL,
	`actor` text NOT NULL,
	`en` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pedido_notas_de_pedido` ON `pedido_notas` (`numero`,`id`);--> statement-breakpoint
ALTER TABLE `pedido_eventos` ADD `tipo` text;--> statement-breakpoint
ALTER TABLE `pedido_eventos` ADD `datos` text;--> statement-breakpoint
ALTER TABLE `pedido_lineas` ADD `descuento` integer CONSTRAINT "pedido_lineas_descuento" CHECK ("descuento" BETWEEN 0 AND 1000000000000);--> statement-breakpoint
ALTER TABLE `pedido_lineas` ADD `clase_impuesto` text;--> statement-breakpoint
ALTER TABLE `pedido_lineas` ADD `tasa` integer CONSTRAINT "pedido_lineas_tasa" CHECK ("tasa" BETWEEN 0 AND 10000);--> statement-breakpoint
ALTER TABLE `pedido_lineas` ADD `por_dentro` integer CONSTRAINT "pedido_lineas_por_dentro" CHECK ("por_dentro" IN (0, 1));--> statement-breakpoint
ALTER TABLE `pedido_lineas` ADD `impuesto` integer CONSTRAINT "pedido_lineas_impuesto" CHECK ("impuesto" BETWEEN 0 AND 1000000000000);
--> statement-breakpoint
-- History never changes, save that reasons may be erased from it once their customer is.
DROP TRIGGER `pedido_eventos_fijos`;
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
-- What was agreed stays; people may only be taken out of it.
CREATE TRIGGER `pedido_condiciones_fijas` BEFORE UPDATE ON `pedido_condiciones` WHEN NOT (
	(NEW.`contacto` IS NULL OR NEW.`contacto` IS OLD.`contacto`)
	AND (NEW.`facturacion` IS NULL OR NEW.`facturacion` IS OLD.`facturacion`)
	AND NEW.`numero` = OLD.`numero` AND NEW.`metodo_envio` IS OLD.`metodo_envio`
	AND NEW.`envio_importe` = OLD.`envio_importe` AND NEW.`envio_clase` = OLD.`envio_clase`
	AND NEW.`envio_tasa` = OLD.`envio_tasa` AND NEW.`envio_por_dentro` = OLD.`envio_por_dentro`
	AND NEW.`envio_impuesto` = OLD.`envio_impuesto` AND NEW.`cupon` IS OLD.`cupon`
	AND NEW.`descuento` = OLD.`descuento` AND NEW.`idioma` IS OLD.`idioma`
	AND NEW.`canal` IS OLD.`canal` AND NEW.`invitado` = OLD.`invitado`
) BEGIN
	SELECT RAISE(ABORT, 'what an order was made as never changes');
END;
--> statement-breakpoint
CREATE TRIGGER `pedido_condiciones_quedan` BEFORE DELETE ON `pedido_condiciones` BEGIN
	SELECT RAISE(ABORT, 'what an order was made as never changes');
END;
--> statement-breakpoint
-- What is owed back is written once; why may be erased with its customer.
CREATE TRIGGER `abonos_fijos` BEFORE UPDATE ON `abonos` WHEN NOT (
	NEW.`motivo` IS NULL AND NEW.`id` = OLD.`id` AND NEW.`numero` = OLD.`numero` AND NEW.`tipo` = OLD.`tipo`
	AND NEW.`importe` = OLD.`importe` AND NEW.`impuesto` = OLD.`impuesto`
	AND NEW.`actor` = OLD.`actor` AND NEW.`en` = OLD.`en`
) BEGIN
	SELECT RAISE(ABORT, 'credits never change');
END;
--> statement-breakpoint
CREATE TRIGGER `abonos_quedan` BEFORE DELETE ON `abonos` BEGIN
	SELECT RAISE(ABORT, 'credits never change');
END;
--> statement-breakpoint
-- A link that was taken back stays so.
CREATE TRIGGER `enlaces_adelante` BEFORE UPDATE ON `enlaces` WHEN NEW.`vuelta` <= OLD.`vuelta` BEGIN
	SELECT RAISE(ABORT, 'a link that was taken back stays so');
END;
--> statement-breakpoint
CREATE TRIGGER `auditoria_sin_cambios` BEFORE UPDATE ON `auditoria` BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `auditoria_sin_borrados` BEFORE DELETE ON `auditoria` BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER `auditoria_sin_reemplazos` BEFORE INSERT ON `auditoria`
	WHEN EXISTS (SELECT 1 FROM `auditoria` WHERE `numero` = new.`numero`) BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
-- What links to orders are signed with, and from where in the history on people are written to.
INSERT INTO `marcas` (`nombre`, `valor`) VALUES
	('secreto-enlaces', lower(hex(randomblob(32)))),
	('avisos', (SELECT coalesce(max(`secuencia`), 0) FROM `pedido_eventos`));
