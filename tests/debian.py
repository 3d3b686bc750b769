"""Debian packages that some tests need: installed where this may be done, named elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")
PACKAGES = {
    "chromium": Path("/usr/bin/chromium"),
    "fonts-noto-core": Path("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"),
    "fonts-noto-cjk": Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    "tesseract-ocr": Path("/usr/bin/tesseract"),
    **{
        f"tesseract-ocr-{name.replace('_', '-')}": TESSDATA / f"{name}.traineddata"
        for name in ("ara", "chi_sim", "chi_tra", "eng", "fra", "por", "rus", "spa", "osd")
    },
}


def missing() -> list[str]:
    """Packages that are not there, by a file that each brings."""
    return [name for name, path in PACKAGES.items() if not path.exists()]


def main() -> int:
    wanted = missing()
    if not wanted:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-q"],
            ["apt-get", "install", "-qy", "--no-install-recommends", *wanted],
        ):
            if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode:
                break
    if wanted := missing():
        print(
            "Some tests are left out; for all of them install Debian's " + ", ".join(wanted),
            file=sys.stderr,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
