import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { eliminarUsuario, type Usuario } from '../datos/usuarios.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useExplicacion } from './explicacion.ts'

/** Erases what is known of a person; asks to type their e-mail first. */
export function Eliminar({ usuario }: { readonly usuario: Usuario }) {
  const t = useTextosUsuarios()
  const consultas = useQueryClient()
  const navegar = useNavigate()
  const explicar = useExplicacion()
  const [abierto, setAbierto] = useState(false)
  const eliminar = async () => {
    await eliminarUsuario(usuario.id)
    consultas.removeQueries({ queryKey: ['usuarios'] })
    toast(t.eliminadaYa, { forNextPage: true })
    await navegar({ to: '/gestion/usuarios' })
  }
  return (
    <div className="border-linea border-t pt-5">
      <Button look="danger" onClick={() => setAbierto(true)}>
        {t.eliminar}
      </Button>
      <ConfirmDialog
        open={abierto}
        onOpenChange={setAbierto}
        title={t.eliminarTitulo}
        text={t.eliminarTexto(usuario.nombre ?? '')}
        confirm={t.eliminarSi}
        look="danger"
        typed={usuario.email ?? usuario.nombre ?? usuario.id}
        explain={explicar}
        onConfirm={eliminar}
      />
    </div>
  )
}
