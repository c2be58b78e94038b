CREATE TABLE `confirmaciones` (
	`usuario_id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`caduca_en` integer NOT NULL,
	FOREIGN KEY (`usuario_id`) REFERENCES `usuarios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `confirmaciones_hash_unique` ON `confirmaciones` (`hash`);--> statement-breakpoint
CREATE INDEX `confirmaciones_por_fin` ON `confirmaciones` (`caduca_en`);--> statement-breakpoint
CREATE TABLE `correos` (
	`id` text PRIMARY KEY NOT NULL,
	`tipo` text NOT NULL,
	`usuario_id` text NOT NULL,
	`token` text,
	`estado` text NOT NULL,
	`intentos` integer DEFAULT 0 NOT NULL,
	`fallo` text,
	`creado_en` integer NOT NULL,
	`caduca_en` integer NOT NULL,
	`proximo_en` integer,
	`terminado_en` integer,
	FOREIGN KEY (`usuario_id`) REFERENCES `usuarios`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "correos_estado" CHECK("correos"."estado" IN ('pendiente', 'enviado', 'abandonado')),
	CONSTRAINT "correos_secreto" CHECK(CASE WHEN "correos"."estado" = 'pendiente'
        THEN "correos"."token" IS NOT NULL AND "correos"."proximo_en" IS NOT NULL
          AND "correos"."terminado_en" IS NULL
        ELSE "correos"."token" IS NULL AND "correos"."proximo_en" IS NULL
          AND "correos"."terminado_en" IS NOT NULL END)
);
--> statement-breakpoint
CREATE INDEX `correos_por_estado` ON `correos` (`estado`,`proximo_en`);--> statement-breakpoint
CREATE INDEX `correos_por_usuario` ON `correos` (`usuario_id`);--> statement-breakpoint
CREATE INDEX `correos_por_fin` ON `correos` (`terminado_en`);