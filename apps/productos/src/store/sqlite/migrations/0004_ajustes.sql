CREATE TABLE `ajustes` (
	`nombre` text PRIMARY KEY NOT NULL,
	`valor` text NOT NULL
);
