#!/bin/sh
# Installs what the tests need, where that is not there yet: LibreOffice, poppler, fonts to render; strace to kill and fail at every call. Needs root and apt.
# The only free 仿宋 with all of GB 2312 lies in a TeX package: its faces are taken out, the rest is left.
set -eu

fonts=/usr/local/share/fonts/juanzong
packages=
command -v soffice >/dev/null 2>&1 || packages="$packages libreoffice-writer-nogui"
command -v pdftoppm >/dev/null 2>&1 || packages="$packages poppler-utils"
command -v strace >/dev/null 2>&1 || packages="$packages strace"
command -v fc-list >/dev/null 2>&1 || packages="$packages fontconfig"
[ -d /usr/share/fonts/opentype/noto ] && ls /usr/share/fonts/opentype/noto/NotoSerifCJK* >/dev/null 2>&1 || packages="$packages fonts-noto-cjk"

if [ -n "$packages" ] || [ ! -f "$fonts/FandolFang-Regular.otf" ]; then
  echo "正在安装：${packages:-Fandol 字体}"
  apt-get update -qq
fi
if [ -n "$packages" ]; then
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
fi

if [ ! -f "$fonts/FandolFang-Regular.otf" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  chown _apt "$work" 2>/dev/null || true
  (cd "$work" && apt-get download -qq texlive-lang-chinese)
  mkdir -p "$fonts"
  dpkg-deb --fsys-tarfile "$work"/texlive-lang-chinese_*.deb |
    tar -x -C "$work" --wildcards '*/fonts/opentype/public/fandol/*.otf'
  find "$work" -name 'Fandol*.otf' -exec cp {} "$fonts/" \;
  fc-cache -f "$fonts"
fi
echo "检验所需的程序和字体已齐备。"
