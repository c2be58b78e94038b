import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Campo, CampoOpciones } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { correoMaximo, nombreMaximo } from '../../formularios/limites.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { invitar } from '../datos/usuarios.ts'
import { useEsAdmin } from '../personal.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useExplicacion } from './explicacion.ts'
import { NuevoCliente } from './nuevo-cliente.tsx'

const delPersonal = ['operador', 'admin'] as const

/** Opens accounts for others: staff for customers, admins for more staff. */
export function Altas() {
  const t = useTextosUsuarios()
  const esAdmin = useEsAdmin()
  const hecha = useHecha()
  const [abierta, setAbierta] = useState<'cliente' | 'personal'>()
  const alCerrar = (abierto: boolean) => abierto || setAbierta(undefined)
  return (
    <>
      <Button look="secondary" onClick={() => setAbierta('cliente')}>
        {t.nuevoCliente}
      </Button>
      {esAdmin && (
        <Button look="secondary" onClick={() => setAbierta('personal')}>
          {t.invitar}
        </Button>
      )}
      <NuevoCliente
        abierto={abierta === 'cliente'}
        alCerrar={alCerrar}
        alCrear={({ id }) => hecha(id, t.creado)}
      />
      <Invitar abierto={abierta === 'personal'} alCerrar={alCerrar} />
    </>
  )
}

interface AltaProps {
  readonly abierto: boolean
  readonly alCerrar: (abierto: boolean) => void
}

/** Says that it is done, and goes to the account. */
function useHecha() {
  const consultas = useQueryClient()
  const navegar = useNavigate()
  return async (id: string, texto: string) => {
    void consultas.invalidateQueries({ queryKey: ['usuarios'] })
    toast(texto, { forNextPage: true })
    await navegar({ to: '/gestion/usuarios/$id', params: { id } })
  }
}

function Invitar({ abierto, alCerrar }: AltaProps) {
  const t = useTextosUsuarios()
  const hecha = useHecha()
  const explicar = useExplicacion()
  return (
    <ConfirmDialog
      open={abierto}
      onOpenChange={alCerrar}
      title={t.invitar}
      text={t.invitarTexto}
      confirm={t.enviarInvitacion}
      explain={explicar}
      onConfirm={async (datos) => {
        const rol = delPersonal.find((uno) => uno === campoDe(datos, 'rol')) ?? 'operador'
        const quien = { nombre: campoDe(datos, 'nombre'), email: campoDe(datos, 'email'), rol }
        const { id } = await invitar(quien)
        await hecha(id, t.invitada)
      }}
    >
      <Campo label={t.nombre} name="nombre" autoComplete="off" required maxLength={nombreMaximo} />
      <Campo
        label={t.correo}
        name="email"
        type="email"
        autoComplete="off"
        required
        maxLength={correoMaximo}
      />
      <CampoOpciones
        legend={t.rol}
        name="rol"
        defaultValue="operador"
        opciones={delPersonal.map((uno) => ({
          valor: uno,
          texto: t.roles[uno],
          detalle: t.explicaRol[uno],
        }))}
      />
    </ConfirmDialog>
  )
}
