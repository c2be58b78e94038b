ALTER TABLE `reservas` ADD `pedido` text;--> statement-breakpoint
CREATE INDEX `reservas_de_otro_pedido` ON `reservas` (`pedido`) WHERE "pedido" IS NOT NULL;