import { classNames } from './class-names.ts'

/** The place of something that is on its way. Only its container tells so to those who listen. */
export function Skeleton({ className }: { readonly className: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames('bg-hundido animate-latir block rounded-lg', className)}
    />
  )
}
