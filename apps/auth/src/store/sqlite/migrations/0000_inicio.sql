CREATE TABLE `cuentas_servicio` (
	`id` text PRIMARY KEY NOT NULL,
	`scopes` text NOT NULL,
	`activa` integer DEFAULT true NOT NULL,
	`creada_en` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `refrescos` (
	`hash` text PRIMARY KEY NOT NULL,
	`sesion_id` text NOT NULL,
	`creado_en` integer NOT NULL,
	`usado_en` integer,
	FOREIGN KEY (`sesion_id`) REFERENCES `sesiones`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `refrescos_por_sesion` ON `refrescos` (`sesion_id`);--> statement-breakpoint
CREATE TABLE `secretos_servicio` (
	`hash` text PRIMARY KEY NOT NULL,
	`cuenta_id` text NOT NULL,
	`creado_en` integer NOT NULL,
	`caduca_en` integer,
	FOREIGN KEY (`cuenta_id`) REFERENCES `cuentas_servicio`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `secretos_por_cuenta` ON `secretos_servicio` (`cuenta_id`,`creado_en`);--> statement-breakpoint
CREATE TABLE `sesiones` (
	`id` text PRIMARY KEY NOT NULL,
	`usuario_id` text NOT NULL,
	`dispositivo` text,
	`direccion` text,
	`creada_en` integer NOT NULL,
	`ultimo_uso_en` integer NOT NULL,
	`expira_en` integer NOT NULL,
	`cerrada_en` integer,
	FOREIGN KEY (`usuario_id`) REFERENCES `usuarios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sesiones_por_usuario` ON `sesiones` (`usuario_id`,`id`);--> statement-breakpoint
CREATE INDEX `sesiones_por_fin` ON `sesiones` (`expira_en`);--> statement-breakpoint
CREATE TABLE `usuarios` (
	`numero` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`email` text,
	`email_clave` text,
	`password_hash` text,
	`nombre` text,
	`cedula` text,
	`telefono` text,
	`rol` text NOT NULL,
	`activo` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`creado_en` integer NOT NULL,
	`actualizado_en` integer NOT NULL,
	`eliminado_en` integer,
	CONSTRAINT "usuarios_rol" CHECK("usuarios"."rol" IN ('cliente', 'operador', 'admin')),
	CONSTRAINT "usuarios_activo" CHECK("usuarios"."activo" IN (0, 1)),
	CONSTRAINT "usuarios_datos" CHECK(CASE WHEN "usuarios"."eliminado_en" IS NULL
        THEN "usuarios"."email" IS NOT NULL AND "usuarios"."email_clave" IS NOT NULL
          AND "usuarios"."nombre" IS NOT NULL AND "usuarios"."password_hash" IS NOT NULL
        ELSE coalesce("usuarios"."email", "usuarios"."email_clave", "usuarios"."nombre", "usuarios"."password_hash",
          "usuarios"."cedula", "usuarios"."telefono") IS NULL AND "usuarios"."activo" = 0 END)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `usuarios_id_unique` ON `usuarios` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `usuarios_email_clave_unique` ON `usuarios` (`email_clave`);--> statement-breakpoint
CREATE UNIQUE INDEX `usuarios_cedula_unique` ON `usuarios` (`cedula`);--> statement-breakpoint
CREATE INDEX `usuarios_por_rol` ON `usuarios` (`rol`,`id`);--> statement-breakpoint
CREATE INDEX `usuarios_por_activo` ON `usuarios` (`activo`,`id`);