@echo off
rem Set up what is needed (pinned, in .venv) and open the window. Needs Python 3.11+ from python.org.
rem llama-cpp-python is compiled here: "Build Tools for Visual Studio" with "Desktop development with C++",
rem or a ready-made wheel in a folder named by PIP_FIND_LINKS. See README.md, Windows.
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
py -3 packaging\prepare.py || exit /b 1
.venv\Scripts\python.exe -m desktop_app %*
