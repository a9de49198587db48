; The Windows setup: for this user only, no administrator, Chinese and English.
; makensis -DVERSION=0.1.0 -DBUNDLE=dist\zhanggui -DOUT=dist\zhanggui-0.1.0-setup.exe packaging\windows\zhanggui.nsi
Unicode true
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Zhanggui"
Name "掌柜 Zhanggui"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Zhanggui"
InstallDirRegKey HKCU "Software\Zhanggui" "Folder"
BrandingText "掌柜 Zhanggui ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "掌柜 Zhanggui"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "掌柜 Zhanggui Setup"
VIAddVersionKey /LANG=0 "CompanyName" "The Zhanggui founders"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "..\icon\zhanggui.ico"
!define MUI_UNICON "..\icon\zhanggui.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\Zhanggui.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString RUNNING ${LANG_ENGLISH} "Zhanggui is open. Close it, then press Retry."
LangString RUNNING ${LANG_SIMPCHINESE} "掌柜正开着。请先关闭，再点“重试”。"
LangString ASK_DATA ${LANG_ENGLISH} "Also delete your shops, backups, settings and weights in$\r$\n$LOCALAPPDATA\Zhanggui?$\r$\n$\r$\nNo keeps them; a later installation finds them again."
LangString ASK_DATA ${LANG_SIMPCHINESE} "要把店铺、备份、设置和模型也一起删除吗？它们在$\r$\n$LOCALAPPDATA\Zhanggui$\r$\n$\r$\n选“否”会保留，以后重新安装还能用。"
LangString SHOP_FILE ${LANG_ENGLISH} "Zhanggui shop"
LangString SHOP_FILE ${LANG_SIMPCHINESE} "掌柜店铺"

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd
Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; A program that runs keeps its file open, and half an upgrade is worse than none.
!macro WAIT_UNTIL_CLOSED
  ${Do}
    ClearErrors
    ${IfNot} ${FileExists} "$INSTDIR\Zhanggui.exe"
      ${ExitDo}
    ${EndIf}
    FileOpen $0 "$INSTDIR\Zhanggui.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 2
    Abort
  ${Loop}
!macroend

Section "Install"
  !insertmacro WAIT_UNTIL_CLOSED
  ; What an older version left in its folder could be loaded in place of ours. The merchant's files are elsewhere.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\掌柜 Zhanggui.lnk" "$INSTDIR\Zhanggui.exe"
  WriteRegStr HKCU "Software\Zhanggui" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.zhanggui" "" "Zhanggui.Shop"
  WriteRegStr HKCU "Software\Classes\Zhanggui.Shop" "" "$(SHOP_FILE)"
  WriteRegStr HKCU "Software\Classes\Zhanggui.Shop\DefaultIcon" "" "$INSTDIR\Zhanggui.exe,0"
  WriteRegStr HKCU "Software\Classes\Zhanggui.Shop\shell\open\command" "" '"$INSTDIR\Zhanggui.exe" "%1"'
  WriteRegStr HKCU "${KEY}" "DisplayName" "掌柜 Zhanggui"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\Zhanggui.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "The Zhanggui founders"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  !insertmacro WAIT_UNTIL_CLOSED
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\Zhanggui.exe"
  Delete "$INSTDIR\zhanggui-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when it is empty: whatever else lies there is not ours
  Delete "$SMPROGRAMS\掌柜 Zhanggui.lnk"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Zhanggui"
  DeleteRegKey HKCU "Software\Classes\Zhanggui.Shop"
  ReadRegStr $0 HKCU "Software\Classes\.zhanggui" ""
  ${If} $0 == "Zhanggui.Shop"
    DeleteRegKey HKCU "Software\Classes\.zhanggui"
  ${EndIf}
  ; Asked last and answered No unless a person says otherwise; a silent removal never touches data.
  ${If} ${FileExists} "$LOCALAPPDATA\Zhanggui\*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(ASK_DATA)" /SD IDNO IDNO kept
    RMDir /r "$LOCALAPPDATA\Zhanggui"
    kept:
  ${EndIf}
SectionEnd
