@echo off
rem The whole gate: ruff, mypy, house walls, pytest. Same needs as run.cmd.
setlocal
set PYTHONUTF8=1
set QT_QPA_PLATFORM=offscreen
cd /d "%~dp0"
py -3 packaging\prepare.py --dev || exit /b 1
set ENV=.venv\Scripts\python.exe
%ENV% -m ruff check . || exit /b 1
%ENV% -m ruff format --check . || exit /b 1
%ENV% -m mypy || exit /b 1
%ENV% packaging\audit.py || exit /b 1
%ENV% -m pytest -m "not long"
