CREATE TABLE `ajenos` (
	`proveedor` text NOT NULL,
	`tipo` text NOT NULL,
	`referencia` text NOT NULL,
	`importe` integer NOT NULL,
	`moneda` text NOT NULL,
	`cobro_n` integer,
	`en` integer NOT NULL,
	`resuelto_en` integer,
	PRIMARY KEY(`proveedor`, `tipo`, `referencia`),
	FOREIGN KEY (`cobro_n`) REFERENCES `cobros`(`n`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ajenos_tipo" CHECK("tipo" IN ('autorizacion', 'captura', 'anulacion', 'reembolso', 'reembolso-revertido', 'contracargo', 'contracargo-revertido'))
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
	`proveedor` text NOT NULL,
	`evento_id` text NOT NULL,
	`referencia` text NOT NULL,
	`cuerpo` blob,
	`estado` text NOT NULL,
	`intentos` integer NOT NULL,
	`recibido_en` integer NOT NULL,
	`proxima_en` integer,
	`error` text,
	PRIMARY KEY(`proveedor`, `evento_id`),
	CONSTRAINT "avisos_estado" CHECK("estado" IN ('pendiente', 'hecho', 'ajeno')),
	CONSTRAINT "avisos_proxima" CHECK(("estado" = 'pendiente') = ("proxima_en" IS NOT NULL)),
	CONSTRAINT "avisos_cuerpo" CHECK("estado" <> 'pendiente' OR "cuerpo" IS NOT NULL)
);
--> statement-breakpoint
CREATE INDEX `avisos_por_estado` ON `avisos` (`estado`,`recibido_en`);--> statement-breakpoint
CREATE INDEX `avisos_por_hacer` ON `avisos` (`proveedor`,`proxima_en`) WHERE "proxima_en" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `cobros` (
	`n` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`pedido_id` text NOT NULL,
	`numero` integer NOT NULL,
	`cliente_id` text NOT NULL,
	`creado_por` text NOT NULL,
	`metodo` text NOT NULL,
	`proveedor` text NOT NULL,
	`momento` text NOT NULL,
	`estado` text NOT NULL,
	`causa` text,
	`importe` integer NOT NULL,
	`moneda` text NOT NULL,
	`referencia` text,
	`url` text,
	`volver_a` text,
	`expira_en` integer NOT NULL,
	`apartar_hasta` integer NOT NULL,
	`autorizado` integer NOT NULL,
	`cobrado` integer NOT NULL,
	`reembolsado` integer NOT NULL,
	`disputado` integer NOT NULL,
	`disputa` text,
	`ultimo_rechazo` text,
	`version` integer NOT NULL,
	`contada` integer NOT NULL,
	`consultar_en` integer,
	`fallos` integer NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "cobros_estado" CHECK("estado" IN ('creado', 'abierto', 'en-proceso', 'autorizado', 'cobrado', 'cerrado')),
	CONSTRAINT "cobros_causa" CHECK("causa" IN ('vencido', 'anulado', 'abandonado', 'rechazado', 'no-cobrable')),
	CONSTRAINT "cobros_cierre" CHECK(("estado" = 'cerrado') = ("causa" IS NOT NULL)),
	CONSTRAINT "cobros_momento" CHECK("momento" IN ('antes', 'contra-entrega')),
	CONSTRAINT "cobros_volver" CHECK("volver_a" IS NULL OR "estado" = 'creado'),
	CONSTRAINT "cobros_disputa" CHECK("disputa" IN ('abierta', 'perdida', 'ganada')),
	CONSTRAINT "cobros_importe" CHECK("importe" BETWEEN 1 AND 1000000000000),
	CONSTRAINT "cobros_sumas" CHECK("autorizado" >= 0 AND "cobrado" >= 0 AND "reembolsado" >= 0 AND "disputado" >= 0),
	CONSTRAINT "cobros_contada" CHECK(0 <= "contada" AND "contada" <= "version")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cobros_id_unique` ON `cobros` (`id`);--> statement-breakpoint
CREATE INDEX `cobros_por_pedido` ON `cobros` (`pedido_id`);--> statement-breakpoint
CREATE INDEX `cobros_por_estado` ON `cobros` (`estado`);--> statement-breakpoint
CREATE UNIQUE INDEX `cobros_por_referencia` ON `cobros` (`proveedor`,`referencia`) WHERE "referencia" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `cobros_por_consultar` ON `cobros` (`proveedor`,`consultar_en`) WHERE "consultar_en" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `cobros_por_contar` ON `cobros` (`version`) WHERE "contada" < "version";--> statement-breakpoint
CREATE TABLE `eventos` (
	`secuencia` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tipo` text NOT NULL,
	`sujeto` text NOT NULL,
	`datos` text NOT NULL,
	`en` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `idempotencia` (
	`usuario_id` text NOT NULL,
	`clave` text NOT NULL,
	`huella` text NOT NULL,
	`resultado` text NOT NULL,
	`creada_en` integer NOT NULL,
	PRIMARY KEY(`usuario_id`, `clave`)
);
--> statement-breakpoint
CREATE INDEX `idempotencia_por_creacion` ON `idempotencia` (`creada_en`);--> statement-breakpoint
CREATE TABLE `marcas` (
	`nombre` text PRIMARY KEY NOT NULL,
	`valor` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `metodos_pago` (
	`codigo` text PRIMARY KEY NOT NULL,
	`proveedor` text NOT NULL,
	`nombre` text NOT NULL,
	`momento` text NOT NULL,
	`plazo_segundos` integer,
	`instrucciones` text,
	`minimo` integer,
	`maximo` integer,
	`paises` text NOT NULL,
	`activo` integer NOT NULL,
	`posicion` integer NOT NULL,
	`version` integer NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	CONSTRAINT "metodos_pago_momento" CHECK("momento" IN ('antes', 'contra-entrega')),
	CONSTRAINT "metodos_pago_activo" CHECK("activo" IN (0, 1)),
	CONSTRAINT "metodos_pago_plazo" CHECK("plazo_segundos" > 0),
	CONSTRAINT "metodos_pago_limites" CHECK("minimo" >= 0 AND "maximo" >= coalesce("minimo", 0))
);
--> statement-breakpoint
CREATE TABLE `movimientos` (
	`cobro_n` integer NOT NULL,
	`secuencia` integer NOT NULL,
	`proveedor` text NOT NULL,
	`tipo` text NOT NULL,
	`importe` integer NOT NULL,
	`referencia` text NOT NULL,
	`en` integer NOT NULL,
	`aviso` text,
	PRIMARY KEY(`cobro_n`, `secuencia`),
	FOREIGN KEY (`cobro_n`) REFERENCES `cobros`(`n`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "movimientos_tipo" CHECK("tipo" IN ('autorizacion', 'captura', 'anulacion', 'reembolso', 'reembolso-revertido', 'contracargo', 'contracargo-revertido')),
	CONSTRAINT "movimientos_importe" CHECK("importe" BETWEEN 1 AND 1000000000000),
	CONSTRAINT "movimientos_secuencia" CHECK("secuencia" >= 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `movimientos_una_vez` ON `movimientos` (`proveedor`,`tipo`,`referencia`);--> statement-breakpoint
CREATE TABLE `obligaciones` (
	`tipo` text NOT NULL,
	`clave` text NOT NULL,
	`datos` text NOT NULL,
	`intentos` integer NOT NULL,
	`proxima_en` integer NOT NULL,
	`ultimo_error` text,
	`desde` integer NOT NULL,
	`traza` text,
	PRIMARY KEY(`tipo`, `clave`)
);
--> statement-breakpoint
CREATE INDEX `obligaciones_por_hacer` ON `obligaciones` (`tipo`,`proxima_en`);--> statement-breakpoint
CREATE TABLE `reembolsos` (
	`id` text PRIMARY KEY NOT NULL,
	`cobro_n` integer NOT NULL,
	`importe` integer NOT NULL,
	`motivo` text NOT NULL,
	`estado` text NOT NULL,
	`referencia` text,
	`causa` text,
	`ajeno` integer NOT NULL,
	`desde` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	FOREIGN KEY (`cobro_n`) REFERENCES `cobros`(`n`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reembolsos_estado" CHECK("estado" IN ('por-enviar', 'enviado', 'hecho', 'fallido')),
	CONSTRAINT "reembolsos_importe" CHECK("importe" BETWEEN 1 AND 1000000000000),
	CONSTRAINT "reembolsos_ajeno" CHECK("ajeno" IN (0, 1))
);
--> statement-breakpoint
CREATE INDEX `reembolsos_por_cobro` ON `reembolsos` (`cobro_n`);--> statement-breakpoint
CREATE INDEX `reembolsos_por_estado` ON `reembolsos` (`estado`,`desde`,`id`);
--> statement-breakpoint
-- What happened to money is added to and never changes.
CREATE TRIGGER movimientos_sin_cambios BEFORE UPDATE ON movimientos BEGIN
	SELECT RAISE(ABORT, 'movimientos is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER movimientos_sin_borrados BEFORE DELETE ON movimientos BEGIN
	SELECT RAISE(ABORT, 'movimientos is append-only');
END;
--> statement-breakpoint
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER movimientos_sin_reemplazos BEFORE INSERT ON movimientos
	WHEN EXISTS (SELECT 1 FROM movimientos WHERE cobro_n = new.cobro_n AND secuencia = new.secuencia) BEGIN
	SELECT RAISE(ABORT, 'movimientos is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER eventos_sin_cambios BEFORE UPDATE ON eventos BEGIN
	SELECT RAISE(ABORT, 'history never changes');
END;
--> statement-breakpoint
CREATE TRIGGER eventos_sin_borrados BEFORE DELETE ON eventos BEGIN
	SELECT RAISE(ABORT, 'history never changes');
END;
--> statement-breakpoint
CREATE TRIGGER eventos_sin_reemplazos BEFORE INSERT ON eventos
	WHEN EXISTS (SELECT 1 FROM eventos WHERE secuencia = new.secuencia) BEGIN
	SELECT RAISE(ABORT, 'history never changes');
END;
--> statement-breakpoint
-- What was done stays done: the log takes lines and gives none back.
CREATE TRIGGER auditoria_sin_cambios BEFORE UPDATE ON auditoria BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER auditoria_sin_borrados BEFORE DELETE ON auditoria BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER auditoria_sin_reemplazos BEFORE INSERT ON auditoria
	WHEN EXISTS (SELECT 1 FROM auditoria WHERE numero = new.numero) BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER cobros_quedan BEFORE DELETE ON cobros BEGIN
	SELECT RAISE(ABORT, 'charges are kept');
END;
--> statement-breakpoint
CREATE TRIGGER cobros_fijos BEFORE UPDATE OF n, id, pedido_id, numero, cliente_id, creado_por, metodo, proveedor, momento, importe, moneda, creado_en ON cobros BEGIN
	SELECT RAISE(ABORT, 'what a charge was made as never changes');
END;
--> statement-breakpoint
CREATE TRIGGER cobros_referencia_fija BEFORE UPDATE OF referencia ON cobros WHEN old.referencia IS NOT NULL AND old.referencia IS NOT new.referencia BEGIN
	SELECT RAISE(ABORT, 'what a provider calls a charge never changes');
END;
--> statement-breakpoint
-- The one way on is that of the table; what was closed may still be paid.
CREATE TRIGGER cobros_adelante BEFORE UPDATE OF estado ON cobros WHEN CASE new.estado WHEN 'creado' THEN 0 WHEN 'abierto' THEN 1 WHEN 'en-proceso' THEN 2 WHEN 'autorizado' THEN 3
    WHEN 'cerrado' THEN 4 ELSE 5 END
    < CASE old.estado WHEN 'creado' THEN 0 WHEN 'abierto' THEN 1 WHEN 'en-proceso' THEN 2 WHEN 'autorizado' THEN 3
    WHEN 'cerrado' THEN 4 ELSE 5 END BEGIN
	SELECT RAISE(ABORT, 'a charge never goes back');
END;
--> statement-breakpoint
CREATE TRIGGER cobros_version BEFORE UPDATE OF version, contada ON cobros WHEN new.version < old.version OR new.contada < old.contada BEGIN
	SELECT RAISE(ABORT, 'the version of a charge only grows');
END;
--> statement-breakpoint
CREATE TRIGGER reembolsos_quedan BEFORE DELETE ON reembolsos BEGIN
	SELECT RAISE(ABORT, 'refunds are kept');
END;
--> statement-breakpoint
CREATE TRIGGER reembolsos_fijos BEFORE UPDATE OF id, cobro_n, importe, motivo, ajeno, desde ON reembolsos BEGIN
	SELECT RAISE(ABORT, 'what a refund was asked as never changes');
END;
--> statement-breakpoint
CREATE TRIGGER reembolsos_adelante BEFORE UPDATE OF estado ON reembolsos WHEN new.estado = 'por-enviar' AND old.estado <> 'por-enviar' BEGIN
	SELECT RAISE(ABORT, 'a refund that was sent is not sent anew');
END;
--> statement-breakpoint
CREATE TRIGGER ajenos_quedan BEFORE DELETE ON ajenos BEGIN
	SELECT RAISE(ABORT, 'what is not ours is kept until it is settled, and then as well');
END;
--> statement-breakpoint
CREATE TRIGGER ajenos_fijos BEFORE UPDATE OF proveedor, tipo, referencia, importe, moneda, cobro_n, en ON ajenos BEGIN
	SELECT RAISE(ABORT, 'what a provider told never changes');
END;
