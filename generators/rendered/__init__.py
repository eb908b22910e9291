"""Pages as LibreOffice sets them: converted, drawn, put under the ruler."""
