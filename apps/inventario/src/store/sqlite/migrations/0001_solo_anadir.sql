CREATE TRIGGER `movimientos_sin_cambios` BEFORE UPDATE ON `movimientos`
BEGIN SELECT RAISE(ABORT, 'movimientos is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `movimientos_sin_borrado` BEFORE DELETE ON `movimientos`
BEGIN SELECT RAISE(ABORT, 'movimientos is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `reserva_lineas_sin_cambios` BEFORE UPDATE ON `reserva_lineas`
BEGIN SELECT RAISE(ABORT, 'the lines of a reservation never change'); END;
--> statement-breakpoint
CREATE TRIGGER `reserva_lineas_sin_borrado` BEFORE DELETE ON `reserva_lineas`
BEGIN SELECT RAISE(ABORT, 'the lines of a reservation never change'); END;
--> statement-breakpoint
CREATE TRIGGER `reservas_cerradas` BEFORE UPDATE ON `reservas` WHEN OLD.`estado` <> 'activa'
BEGIN SELECT RAISE(ABORT, 'a closed reservation never changes'); END;
--> statement-breakpoint
CREATE TRIGGER `reservas_sin_borrado` BEFORE DELETE ON `reservas`
BEGIN SELECT RAISE(ABORT, 'reservations are kept'); END;
