"""Writing docx, xlsx, pdf and charts. No Django."""
