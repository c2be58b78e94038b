ALTER TABLE `refrescos` ADD `semilla` text;--> statement-breakpoint
CREATE INDEX `refrescos_repetibles` ON `refrescos` (`usado_en`) WHERE "refrescos"."semilla" IS NOT NULL;