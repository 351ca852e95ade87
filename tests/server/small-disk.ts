/** Disks that are soon full, for tests: in memory. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const mount = (kilobytes: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder])
  const unmount = () => {
    if (status === 0) spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true })
  }
  return { folder, isMounted: status === 0, unmount }
}

/** Whether this user may mount disks. There is nothing to install: root may, but not in every container. */
export const canMount = (() => {
  const { isMounted, unmount } = mount(64)
  unmount()
  if (!isMounted) console.warn('Left out: tests on small disks, which need a user who may mount them.')
  return isMounted
})()

/** Makes a disk of some kilobytes. @returns its folder */
export const newDisk = (kilobytes: number): string => {
  const { folder, unmount } = mount(kilobytes)
  onTestFinished(unmount)
  return folder
}

/** Fills a disk. @param kilobytes that it leaves */
export const fillDisk = (folder: string, kilobytes: number) => {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(join(folder, 'filling'), Buffer.alloc(bavail * bsize - kilobytes * 1024))
}
