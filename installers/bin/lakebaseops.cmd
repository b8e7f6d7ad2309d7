@echo off
rem Starts LakebaseOps with the JDK in JAVA25_HOME, JAVA_HOME or on the PATH; it must be 25 or newer.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if defined JAVA25_HOME set "JAVA=%JAVA25_HOME%\bin\java"
"%JAVA%" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "%~dp0..\lib\*" io.lakebaseops.app.Main %*
