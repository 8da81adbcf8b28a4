"""The charts, once for paper and screen: values in, a ReportLab drawing out."""
