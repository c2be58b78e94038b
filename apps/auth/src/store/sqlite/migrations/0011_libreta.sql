CREATE TABLE `direcciones` (
	`id` text PRIMARY KEY NOT NULL,
	`usuario_id` text NOT NULL,
	`predeterminada` integer NOT NULL,
	`datos` text NOT NULL,
	FOREIGN KEY (`usuario_id`) REFERENCES `usuarios`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "direcciones_una" CHECK("direcciones"."predeterminada" IN (0, 1))
);
--> statement-breakpoint
CREATE INDEX `direcciones_por_usuario` ON `direcciones` (`usuario_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `direcciones_predeterminada` ON `direcciones` (`usuario_id`) WHERE "direcciones"."predeterminada" = 1;--> statement-breakpoint
CREATE TABLE `facturaciones` (
	`usuario_id` text PRIMARY KEY NOT NULL,
	`datos` text NOT NULL,
	FOREIGN KEY (`usuario_id`) REFERENCES `usuarios`(`id`) ON UPDATE no action ON DELETE no action
);
