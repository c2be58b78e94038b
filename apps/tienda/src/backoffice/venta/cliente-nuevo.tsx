import { useQueryClient } from '@tanstack/react-query'
import { Campo } from '../../formularios/campos.tsx'
import { deNombre, deTelefono } from '../../formularios/campos-persona.ts'
import { campoDe, porCodigo } from '../../formularios/formulario.ts'
import { correoMaximo } from '../../formularios/limites.ts'
import { toast } from '../../ui/toast.tsx'
import { opcionesUsuario } from '../datos/usuarios.ts'
import { useTextosVenta } from '../textos/venta.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { crearCliente } from './datos.ts'
import { parecido } from './mostrador.ts'

interface ClienteNuevoProps {
  readonly abierto: boolean
  readonly onOpenChange: (abierto: boolean) => void
  /** What somebody was looked for by, and not found. */
  readonly buscado: string
  readonly alCrear: (id: string) => void
}

/** Makes an account for whoever stands at the counter, with no more than they tell. */
export function ClienteNuevo({ abierto, onOpenChange, buscado, alCrear }: ClienteNuevoProps) {
  const t = useTextosVenta()
  const consultas = useQueryClient()
  const sabido = parecido(buscado)
  return (
    <ConfirmDialog
      open={abierto}
      onOpenChange={onOpenChange}
      title={t.clienteNuevo}
      text={t.clienteNuevoTexto}
      confirm={t.crearCliente}
      onConfirm={async (datos) => {
        const dichos = (['email', 'telefono', 'cedula'] as const).map(
          (campo) => [campo, campoDe(datos, campo)] as const,
        )
        const creado = await crearCliente({
          nombre: campoDe(datos, 'nombre'),
          ...Object.fromEntries(dichos.filter(([, dicho]) => dicho !== '')),
        })
        consultas.setQueryData(opcionesUsuario(creado.id).queryKey, creado)
        void consultas.invalidateQueries({ queryKey: ['usuarios', 'lista'] })
        toast(t.clienteCreado(creado.nombre ?? ''))
        alCrear(creado.id)
      }}
      explain={porCodigo({
        'email-en-uso': { campo: 'email', mensaje: t.correoEnUso },
        'cedula-en-uso': { campo: 'cedula', mensaje: t.cedulaEnUso },
      })}
    >
      <Campo
        label={t.nombre}
        {...deNombre}
        autoComplete="off"
        autoFocus
        defaultValue={sabido.nombre}
      />
      <Campo label={t.telefono} {...deTelefono} autoComplete="off" defaultValue={sabido.telefono} />
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
        name="cedula"
        autoComplete="off"
        maxLength={32}
        defaultValue={sabido.cedula}
      />
    </ConfirmDialog>
  )
}
