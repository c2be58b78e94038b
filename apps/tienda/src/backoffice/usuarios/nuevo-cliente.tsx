import { Campo } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { useIntento } from '../../formularios/intento.ts'
import { correoMaximo, nombreMaximo, telefonoPatron } from '../../formularios/limites.ts'
import { type Alta, crearCliente, type Usuario } from '../datos/usuarios.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { cedulaPatron } from './cambios.ts'
import { useExplicacion } from './explicacion.ts'

interface NuevoClienteProps {
  readonly abierto: boolean
  readonly alCerrar: (abierto: boolean) => void
  /** What is known of them already. */
  readonly sabido?: Partial<Alta>
  readonly alCrear: (creado: Usuario) => Promise<void>
}

/** What a form says, without what was left empty. */
const dichos = <C extends string>(datos: FormData, ...campos: C[]) =>
  Object.fromEntries(
    campos.flatMap((campo) => (campoDe(datos, campo) ? [[campo, campoDe(datos, campo)]] : [])),
  ) as { readonly [campo in C]?: string }

/** Opens an account for a customer, with no more than they tell. */
export function NuevoCliente({ abierto, alCerrar, sabido = {}, alCrear }: NuevoClienteProps) {
  const t = useTextosUsuarios()
  const explicar = useExplicacion()
  const intento = useIntento()
  return (
    <ConfirmDialog
      open={abierto}
      onOpenChange={alCerrar}
      title={t.nuevoCliente}
      text={t.nuevoClienteTexto}
      confirm={t.crearCliente}
      explain={explicar}
      onConfirm={async (datos) => {
        const alta = dichos(datos, 'email', 'telefono', 'cedula')
        await alCrear(await crearCliente(intento, { nombre: campoDe(datos, 'nombre'), ...alta }))
      }}
    >
      <Campo
        label={t.nombre}
        name="nombre"
        autoComplete="off"
        required
        maxLength={nombreMaximo}
        defaultValue={sabido.nombre}
      />
      <Campo
        label={t.telefono}
        name="telefono"
        type="tel"
        autoComplete="off"
        pattern={telefonoPatron}
        defaultValue={sabido.telefono}
      />
      <Campo
        label={t.correo}
        name="email"
        type="email"
        autoComplete="off"
        maxLength={correoMaximo}
        defaultValue={sabido.email}
      />
      <Campo
        label={t.cedula}
        hint={t.formatoCedula}
        name="cedula"
        autoComplete="off"
        pattern={cedulaPatron}
        defaultValue={sabido.cedula}
      />
    </ConfirmDialog>
  )
}
