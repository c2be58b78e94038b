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
CREATE TABLE `frenos` (
	`clave` text PRIMARY KEY NOT NULL,
	`fallos` integer NOT NULL,
	`hasta_en` integer NOT NULL,
	`ultimo_en` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `frenos_por_ultimo` ON `frenos` (`ultimo_en`);--> statement-breakpoint
CREATE TABLE `restablecimientos` (
	`usuario_id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`caduca_en` integer NOT NULL,
	FOREIGN KEY (`usuario_id`) REFERENCES `usuarios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `restablecimientos_hash_unique` ON `restablecimientos` (`hash`);--> statement-breakpoint
CREATE INDEX `restablecimientos_por_fin` ON `restablecimientos` (`caduca_en`);