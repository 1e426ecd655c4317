@echo off
rem The terminal command of an installed Almagest. It runs on the system's Node: the app's own binary refuses to
rem be one (its runAsNode fuse is off).
setlocal
if not defined ALMAGEST_NODE set "ALMAGEST_NODE=node"
"%ALMAGEST_NODE%" -e "process.exit(Number(process.versions.node.split('.')[0]) < 24 ? 1 : 0)" 2>nul
if errorlevel 1 (
  echo almagest: Node 24 or later is needed for the terminal command. 1>&2
  echo almagest: set ALMAGEST_NODE to the path of one. 1>&2
  exit /b 1
)
"%ALMAGEST_NODE%" "%~dp0app.asar.unpacked\out\main\terminal.js" %*
exit /b %errorlevel%
